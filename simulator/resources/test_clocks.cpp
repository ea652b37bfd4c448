#include "simulator/resources/test_clocks.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kTestClockSource =
    "docs.stripe.com/api/test_clocks, docs.stripe.com/billing/testing/test-clocks";
constexpr std::int64_t kLivesSeconds = 30 * kDaySeconds;
constexpr std::int64_t kIntervalsMax = 2;
constexpr std::int64_t kMonthsWithoutSubscriptionMax = 24;

bool render_clock(JsonWriter& json, const View& view, std::string_view id) {
    const TestClock* clock = view.world.tables.test_clocks.find(id);
    if (clock == nullptr) return false;
    if (clock->is_deleted) {
        return write_tombstone(json, clock->id, "test_helpers.test_clock"), true;
    }
    json.begin_object();
    json.text("id", clock->id);
    json.word("object", "test_helpers.test_clock");
    json.number("created", clock->created);
    json.number("deletes_after", clock->created + kLivesSeconds);
    json.number("frozen_time", clock->timeline->now_s());
    json.flag("livemode", false);
    json.text_or_null("name", clock->name);
    json.text("status", clock->is_advancing ? "advancing" : "ready");
    json.key("status_details");
    json.begin_object();
    if (clock->is_advancing) {
        json.key("advancing");
        json.begin_object();
        json.number("target_frozen_time", clock->target_s);
        json.end_object();
    }
    json.end_object();
    json.end_object();
    return true;
}

void tell(World& world, const TestClock& clock, std::string_view event) {
    world.emit(event, rendered(world, kTestClockType, clock.id));
}

std::expected<TestClock*, ApiError> clock_of(const Call& call) {
    TestClock* clock = call.world.tables.test_clocks.find(call.ids[0]);
    if (clock == nullptr || clock->is_deleted) {
        return std::unexpected(no_such_in_path("test clock", call.ids[0]));
    }
    return clock;
}

Answer create_clock(Call& call) {
    World& world = call.world;
    const std::int64_t frozen = call.params.required_integer("frozen_time", 0, kMomentMax);
    TestClock clock;
    update_text(call.params, "name", clock.name);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    clock.id = world.ids.next("clock_");
    clock.created = world.timeline.now_s();
    clock.timeline = std::make_unique<Timeline>(frozen * kSecond);
    const TestClock& added = world.tables.test_clocks.add(std::move(clock));
    tell(world, added, "test_helpers.test_clock.created");
    return answer(call, kTestClockType, added.id);
}

Answer retrieve_clock(Call& call) {
    const auto clock = clock_of(call);
    if (!clock) return std::unexpected(clock.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kTestClockType, (*clock)->id);
}

// Two intervals of the shortest subscription, or two years.
std::int64_t reach_of(const World& world, const TestClock& clock) {
    const std::int64_t now = clock.timeline->now_s();
    std::int64_t reach = add_months(now, kMonthsWithoutSubscriptionMax);
    for (const Subscription& subscription : world.tables.subscriptions.rows()) {
        if (subscription.test_clock != clock.id || has_ended(subscription)) continue;
        reach = std::min(reach, boundary({now}, subscription.recurrence, kIntervalsMax));
    }
    return reach;
}

// Everything that is due on the way happens at its own moment, in order.
void arrive(World& world, const std::string& id) {
    TestClock* clock = world.tables.test_clocks.find(id);
    if (clock == nullptr || clock->is_deleted) return;
    clock->timeline->advance_to(clock->target_s * kSecond);
    clock->is_advancing = false;
    tell(world, *clock, "test_helpers.test_clock.ready");
}

Answer advance_clock(Call& call) {
    const auto found = clock_of(call);
    if (!found) return std::unexpected(found.error());
    TestClock& clock = **found;
    World& world = call.world;
    const std::int64_t target = call.params.required_integer("frozen_time", 0, kMomentMax);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (clock.is_advancing) {
        return std::unexpected(wrong_state(
            "", "A test clock that is advancing cannot be advanced: wait until it is ready."));
    }
    if (target <= clock.timeline->now_s()) {
        return std::unexpected(invalid_parameter(
            "frozen_time", fmt::format("A test clock only moves forward: it is at {}, so it cannot "
                                       "be advanced to {}.",
                                       clock.timeline->now_s(), target)));
    }
    const std::int64_t reach = reach_of(world, clock);
    if (target > reach) {
        return std::unexpected(invalid_parameter(
            "frozen_time",
            fmt::format("A test clock can be advanced by at most two intervals of its shortest "
                        "subscription, or two years: to {}, not to {}.",
                        reach, target)));
    }
    clock.is_advancing = true;
    clock.target_s = target;
    tell(world, clock, "test_helpers.test_clock.advancing");
    Body body = rendered(world, kTestClockType, clock.id);
    world.timeline.at(world.timeline.now_us(), [&world, id = clock.id] { arrive(world, id); });
    return answer(call, kTestClockType, clock.id, std::move(body));
}

Answer delete_clock(Call& call) {
    const auto found = clock_of(call);
    if (!found) return std::unexpected(found.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    for (Customer& customer : world.tables.customers.rows()) {
        if (customer.test_clock != (*found)->id || customer.is_deleted) continue;
        cancel_all_of(world, customer.id);
        world.emit("customer.deleted", rendered(world, kCustomerType, customer.id));
        customer.is_deleted = true;
    }
    tell(world, **found, "test_helpers.test_clock.deleted");
    (*found)->is_deleted = true;
    return answer(call, kTestClockType, (*found)->id);
}

Answer list_clocks(Call& call) {
    const Page page = read_page(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.test_clocks, kTestClockType, page,
                     [](const TestClock& row) { return !row.is_deleted; });
}

constexpr std::string_view kResult = "test_helpers.test_clock";

constexpr std::array kTestClockRoutes = {
    Route{.method = Method::post,
          .path = "/v1/test_helpers/test_clocks",
          .handle = create_clock,
          .result = kResult,
          .fidelity = Fidelity::simplified,
          .note = "is not deleted after 30 days",
          .source = kTestClockSource},
    Route{.method = Method::get,
          .path = "/v1/test_helpers/test_clocks/{id}",
          .handle = retrieve_clock,
          .result = kResult,
          .source = kTestClockSource},
    Route{.method = Method::post,
          .path = "/v1/test_helpers/test_clocks/{id}/advance",
          .handle = advance_clock,
          .result = kResult,
          .fidelity = Fidelity::simplified,
          .note = "ready as soon as the account's time moves on; webhook endpoints are not waited "
                  "for in a clock's time; calls between advancing and ready are not refused",
          .source = kTestClockSource},
    Route{.method = Method::del,
          .path = "/v1/test_helpers/test_clocks/{id}",
          .handle = delete_clock,
          .result = kResult,
          .source = kTestClockSource},
    Route{.method = Method::get,
          .path = "/v1/test_helpers/test_clocks",
          .handle = list_clocks,
          .result = kResult,
          .shape = Shape::list,
          .source = kTestClockSource},
};

}  // namespace

const ResourceType kTestClockType = {"test_helpers.test_clock", "clock_", {}, render_clock};

std::span<const Route> test_clock_routes() { return kTestClockRoutes; }

}  // namespace onsite::simulator
