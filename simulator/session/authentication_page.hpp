// The page that stands for the bank's, at /_onsite/3ds/{id}: what a browser shows when a payment
// requires authentication.
#pragma once

#include <string>
#include <string_view>

#include "base/http.hpp"
#include "simulator/session/session.hpp"

namespace onsite::simulator {

// With two buttons, which send result=complete or result=fail to the same path.
HttpResponse get_authentication(std::string_view intent_id);

// Answers with 303 to the return_url of the intent, or with a page that says what became of it;
// with 400 when the body is something else, 404 when no such intent waits.
HttpResponse post_authentication(Session& session, std::string_view intent_id,
                                 std::string_view body);

}  // namespace onsite::simulator
