#include "simulator/session/authentication_page.hpp"

#include <fmt/format.h>

#include "simulator/billing/checkout.hpp"
#include "simulator/payments/authentication.hpp"
#include "simulator/session/page.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kTitle = "3-D Secure";

HttpResponse told(std::string_view intent_id, std::string_view what, int status = 200) {
    return page(kTitle, fmt::format("<p><code>{}</code> {}.</p>", as_text(intent_id), what),
                status);
}

}  // namespace

HttpResponse get_authentication(std::string_view intent_id) {
    return page(kTitle,
                fmt::format("<p>The simulated bank asks whether <code>{}</code> is yours.</p>"
                            "<form method=\"post\">"
                            "<button name=\"result\" value=\"complete\">Complete</button>"
                            "<button name=\"result\" value=\"fail\">Fail</button></form>",
                            as_text(intent_id)));
}

HttpResponse post_authentication(Session& session, std::string_view intent_id,
                                 std::string_view body) {
    const bool is_success = body == "result=complete";
    if (!is_success && body != "result=fail") {
        return page(kTitle, alert("The body is result=complete or result=fail."), 400);
    }
    for (World* world : session.simulator().worlds()) {
        if (!complete_authentication(*world, intent_id, is_success)) continue;
        finish_checkout(*world, intent_id);
        const std::string place = return_url_of(*world, intent_id);
        if (!place.empty()) return go_to(place);
        return told(intent_id, is_success ? "is authenticated" : "failed its authentication");
    }
    return told(intent_id, "waits for no authentication", 404);
}

}  // namespace onsite::simulator
