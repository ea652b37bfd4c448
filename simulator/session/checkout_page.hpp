// The page of Checkout, at /_onsite/checkout/{id}: a form for a card, and what its buttons do.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "simulator/session/session.hpp"

namespace onsite::simulator {

// The form while the session is open; once it is complete the browser is sent to success_url.
HttpResponse get_checkout(Session& session, std::string_view id);

// What the form sends: result=pay with card (a number, or a name like pm_card_visa), exp_month,
// exp_year, cvc, email and name, all of them optional; or result=cancel. Answers with 303 to
// success_url, to cancel_url, or to the page of 3-D Secure; with 402 and the form again when the
// bank declines; with 400 when the body is something else, 404 when there is no such session.
HttpResponse post_checkout(Session& session, std::string_view id, const std::string& body);

}  // namespace onsite::simulator
