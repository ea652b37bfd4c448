// The page of the billing portal, at /_onsite/portal/{id}: what a customer may do themselves.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "simulator/session/session.hpp"

namespace onsite::simulator {

// The subscriptions of the session's customer and their card; of a flow, only what it is about.
HttpResponse get_portal(Session& session, std::string_view id);

// What its buttons send: result=cancel or result=renew with subscription; result=switch with
// subscription and price; result=confirm, of a flow that says what is to change; result=card with
// card as Checkout takes it. Answers with 303: of a flow where it leads, else to the page again;
// with 402 or 400 and the page when it cannot be done, 404 when there is no such session.
HttpResponse post_portal(Session& session, std::string_view id, const std::string& body);

}  // namespace onsite::simulator
