#include "simulator/session/control.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/parse_number.hpp"
#include "simulator/billing/checkout.hpp"
#include "simulator/payments/authentication.hpp"
#include "simulator/resources/webhook_endpoints.hpp"
#include "simulator/session/authentication_page.hpp"
#include "simulator/session/checkout_page.hpp"
#include "simulator/session/control_faults.hpp"
#include "simulator/session/portal_page.hpp"

namespace onsite::simulator {
namespace {

struct Asked {
    Session& session;
    std::string_view rest;  // Of the path, behind the word that led here: "/pi_1".
    std::string_view query;
    const std::string& body;
};

HttpResponse json_response(const Json& value, int status = 200) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json"}},
            .body = value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"};
}

HttpResponse refused(int status, std::string_view sentence) {
    return json_response({{"error", {{"message", sentence}}}}, status);
}

Json moment(std::int64_t moment_us) {
    return {{"us", moment_us}, {"rfc3339", to_rfc3339(moment_us / 1000)}};
}

// A body is optional where everything in it is.
Result<Json> body_of(const Asked& asked) {
    if (asked.body.empty()) return Json::object();
    return parse_json(asked.body, "the body");
}

HttpResponse get_state(const Asked& asked) {
    Session& session = asked.session;
    Simulator& simulator = session.simulator();
    Json accounts = Json::array();
    for (const World* world : simulator.worlds()) {
        const auto pending = std::ranges::count_if(
            world->tables.events.rows(), [](const Event& e) { return e.pending_webhooks > 0; });
        accounts.push_back({{"account", world->account},
                            {"events", world->tables.events.rows().size()},
                            {"events_with_pending_webhooks", pending},
                            {"webhook_endpoints", world->tables.webhook_endpoints.rows().size()}});
    }
    Json faults = Json::array();
    for (const Fault& fault : simulator.faults().faults()) faults.push_back(to_json(fault));
    for (const auto& fault : session.deliveries().faults().faults()) {
        faults.push_back(to_json(fault));
    }
    return json_response({{"now", moment(simulator.timeline().now_us())},
                          {"clock", session.settings().is_real_time ? "real" : "virtual"},
                          {"seed", session.settings().seed},
                          {"profile", simulator.profile().name},
                          {"requests", simulator.requests()},
                          {"trace",
                           {{"lines", simulator.trace().count()},
                            {"hash", fmt::format("{:016x}", simulator.trace().hash())}}},
                          {"webhooks_in_flight", session.deliveries().in_flight()},
                          {"faults", faults},
                          {"accounts", accounts}});
}

HttpResponse get_trace(const Asked& asked) {
    constexpr std::string_view kFrom = "from=";
    std::uint64_t from = 0;
    if (!asked.query.empty()) {
        const std::string_view number =
            asked.query.substr(std::min(kFrom.size(), asked.query.size()));
        const auto read = parse_number<std::uint64_t>(number);
        if (!asked.query.starts_with(kFrom) || !read) {
            return refused(400, "expected the query from=<number of a line>, found another one");
        }
        from = *read;
    }
    return {.status = 200,
            .headers = {{"Content-Type", "application/x-ndjson"}},
            .body = asked.session.trace().text(from)};
}

HttpResponse post_faults(const Asked& asked) {
    const auto value = parse_json(asked.body, "the body");
    if (!value) return refused(400, value.error().message);
    const auto count = install_faults(*value, asked.session.simulator().faults(),
                                      asked.session.deliveries().faults());
    if (!count) return refused(400, count.error().message);
    return json_response({{"installed", *count}});
}

HttpResponse delete_faults(const Asked& asked) {
    asked.session.simulator().faults().clear();
    asked.session.deliveries().faults().clear();
    return json_response({{"installed", 0}});
}

// {"advance": seconds} or {"to": "2026-01-05T10:00:00Z"}
Result<std::int64_t> moment_of(const Json& value, std::int64_t now_us) {
    constexpr std::int64_t kAdvanceMax = 100LL * 366 * 86'400;
    JsonReader reader(value, "the body");
    std::int64_t moment_us = now_us;
    if (reader.has("to")) {
        const std::string text = reader.text("to");
        const auto seconds = parse_rfc3339(text);
        if (!seconds) {
            reader.complain("to", fmt::format("expected 2026-01-05T09:00:00Z, found {}", text));
        }
        moment_us = seconds.value_or(0) * kSecond;
    } else {
        moment_us += reader.number("advance", 0, kAdvanceMax) * kSecond;
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    return moment_us;
}

HttpResponse post_clock(const Asked& asked) {
    Timeline& timeline = asked.session.simulator().timeline();
    const auto value = parse_json(asked.body, "the body");
    if (!value) return refused(400, value.error().message);
    const auto wanted_us = moment_of(*value, timeline.now_us());
    if (!wanted_us) return refused(400, wanted_us.error().message);
    if (const auto moved = asked.session.advance_to(*wanted_us); !moved) {
        return refused(400, moved.error().message);
    }
    return json_response({{"now", moment(timeline.now_us())}});
}

HttpResponse get_seed(const Asked& asked) {
    return json_response({{"seed", asked.session.settings().seed}});
}

// A reset with the seed that was sent, or with the same one.
HttpResponse begin_again(const Asked& asked, bool needs_seed) {
    const auto value = body_of(asked);
    if (!value) return refused(400, value.error().message);
    JsonReader reader(*value, "the body");
    constexpr std::int64_t kSeedMax = std::numeric_limits<std::int64_t>::max();
    const auto current = static_cast<std::int64_t>(asked.session.settings().seed);
    const std::int64_t seed = needs_seed ? reader.number("seed", 0, kSeedMax)
                                         : reader.number_or("seed", 0, kSeedMax, current);
    if (auto done = reader.finish(); !done) return refused(400, done.error().message);
    asked.session.reset(static_cast<std::uint64_t>(seed));
    return get_seed(asked);
}

HttpResponse post_reset(const Asked& asked) { return begin_again(asked, false); }
HttpResponse post_seed(const Asked& asked) { return begin_again(asked, true); }

std::string_view last_step(std::string_view rest) {
    return rest.starts_with('/') ? rest.substr(1) : rest;
}

// POST /_onsite/webhook_endpoints/we_1 {"roll_secret": 3600}
HttpResponse post_webhook_endpoint(const Asked& asked) {
    constexpr std::int64_t kKeepMaxSeconds = 24 * 3600;  // Stripe's dashboard offers no more.
    const auto value = parse_json(asked.body, "the body");
    if (!value) return refused(400, value.error().message);
    JsonReader reader(*value, "the body");
    const std::int64_t keep_s = reader.number("roll_secret", 0, kKeepMaxSeconds);
    if (auto done = reader.finish(); !done) return refused(400, done.error().message);
    for (World* world : asked.session.simulator().worlds()) {
        auto* endpoint = world->tables.webhook_endpoints.find(last_step(asked.rest));
        if (endpoint == nullptr) continue;
        return json_response({{"secret", roll_secret(*world, *endpoint, keep_s * kSecond)}});
    }
    return refused(404, "expected the id of a webhook endpoint of any account, found none of it");
}

HttpResponse get_3ds(const Asked& asked) { return get_authentication(last_step(asked.rest)); }

HttpResponse post_3ds(const Asked& asked) {
    return post_authentication(asked.session, last_step(asked.rest), asked.body);
}

HttpResponse get_checkout_page(const Asked& asked) {
    return get_checkout(asked.session, last_step(asked.rest));
}

HttpResponse post_checkout_page(const Asked& asked) {
    return post_checkout(asked.session, last_step(asked.rest), asked.body);
}

HttpResponse get_portal_page(const Asked& asked) {
    return get_portal(asked.session, last_step(asked.rest));
}

HttpResponse post_portal_page(const Asked& asked) {
    return post_portal(asked.session, last_step(asked.rest), asked.body);
}

struct ControlRoute {
    std::string_view method;
    std::string_view word;
    bool has_rest;
    HttpResponse (*answer)(const Asked& asked);
};

constexpr std::array kControlRoutes = {
    ControlRoute{"GET", "/state", false, get_state},
    ControlRoute{"GET", "/trace", false, get_trace},
    ControlRoute{"POST", "/faults", false, post_faults},
    ControlRoute{"DELETE", "/faults", false, delete_faults},
    ControlRoute{"POST", "/clock", false, post_clock},
    ControlRoute{"POST", "/reset", false, post_reset},
    ControlRoute{"GET", "/seed", false, get_seed},
    ControlRoute{"POST", "/seed", false, post_seed},
    ControlRoute{"POST", "/webhook_endpoints", true, post_webhook_endpoint},
    ControlRoute{"GET", "/3ds", true, get_3ds},
    ControlRoute{"POST", "/3ds", true, post_3ds},
    ControlRoute{"GET", "/checkout", true, get_checkout_page},
    ControlRoute{"POST", "/checkout", true, post_checkout_page},
    ControlRoute{"GET", "/portal", true, get_portal_page},
    ControlRoute{"POST", "/portal", true, post_portal_page},
};

// A page of the web must not control a simulator on the machine of whoever looks at it: it can
// neither hide its origin nor reach this machine but by a name.
bool is_from_a_foreign_page(const HttpRequest& request) {
    const std::string* host = find_header(request.headers, "Host");
    const std::string* origin = find_header(request.headers, "Origin");
    if (host == nullptr) return origin != nullptr;
    if (origin != nullptr && *origin != "http://" + *host) return true;
    const std::string name = host->substr(0, host->rfind(':'));
    const bool is_number =
        std::ranges::all_of(name, [](char c) { return is_digit(c) || c == '.'; });
    return name != "localhost" && !is_number && !name.starts_with('[');
}

bool matches(const ControlRoute& route, std::string_view path) {
    if (!path.starts_with(route.word)) return false;
    const std::string_view rest = path.substr(route.word.size());
    return route.has_rest ? rest.size() > 1 && rest.front() == '/' : rest.empty();
}

}  // namespace

HttpResponse control(Session& session, const HttpRequest& request, Peer peer) {
    if (!peer.is_local || is_from_a_foreign_page(request)) {
        return refused(403,
                       "expected a control request from this machine and from no page of the "
                       "web, found another one");
    }
    std::string_view path = std::string_view(request.target).substr(kControlPath.size());
    std::string_view query;
    if (const std::size_t question = path.find('?'); question != path.npos) {
        query = path.substr(question + 1);
        path = path.substr(0, question);
    }
    bool is_known = false;
    for (const ControlRoute& route : kControlRoutes) {
        if (!matches(route, path)) continue;
        is_known = true;
        if (route.method != request.method) continue;
        return route.answer({session, path.substr(route.word.size()), query, request.body});
    }
    if (is_known) {
        return refused(405, fmt::format("expected another method for {}{}, found {}", kControlPath,
                                        path, request.method));
    }
    return refused(404,
                   "expected /_onsite/state, trace, faults, clock, reset, seed, "
                   "webhook_endpoints/<id>, 3ds/<id>, checkout/<id> or portal/<id>, found another "
                   "path");
}

bool is_control(std::string_view target) {
    if (!target.starts_with(kControlPath)) return false;
    target.remove_prefix(kControlPath.size());
    return target.empty() || target.front() == '/' || target.front() == '?';
}

bool changes_something(const HttpRequest& request) {
    return !is_control(request.target) || request.method != "GET";
}

}  // namespace onsite::simulator
