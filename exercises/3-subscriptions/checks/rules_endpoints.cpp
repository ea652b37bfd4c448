// Which operations a billing API cannot do without. Names are the candidate's; the forms that
// public billing APIs use are accepted.

#include <algorithm>

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/rules.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::string_view kOne = "/subscriptions/{}";

const ApiOperation* change_operation(const Api& api) {
    const ApiOperation* post = api.ending("post", kOne);
    return post != nullptr ? post : api.ending("patch", kOne);
}

// Whether the body of an operation has a property whose name begins like this.
bool takes(const Api& api, const ApiOperation* operation, std::string_view name) {
    if (operation == nullptr || !operation->body) return false;
    const auto names = api.document().properties(json_schema(operation->body->contents));
    return std::ranges::any_of(names,
                               [&](const std::string& one) { return one.starts_with(name); });
}

bool has_path_with(const Api& api, std::string_view method, std::string_view word) {
    return std::ranges::any_of(api.operations(), [&](const ApiOperation& one) {
        return one.method == method && mentions(one.path, {word});
    });
}

bool has_any_action(const Api& api, std::initializer_list<std::string_view> actions) {
    return std::ranges::any_of(actions, [&](std::string_view action) {
        return api.ending("post", fmt::format("{}/{}", kOne, action)) != nullptr;
    });
}

void expect(Ruling& ruling, bool holds, std::string_view what) {
    ruling.expect(holds, 1, fmt::format("expected {}, found no such operation", what));
}

void life_of_a_subscription(const Api& api, Ruling& ruling) {
    expect(ruling, api.ending("post", "/subscriptions") != nullptr, "POST /subscriptions");
    expect(ruling, api.ending("get", kOne) != nullptr, "GET /subscriptions/{id}");
    expect(ruling, api.ending("get", "/subscriptions") != nullptr, "GET /subscriptions");
    expect(ruling, change_operation(api) != nullptr, "POST or PATCH /subscriptions/{id}");
}

void trials_are_asked_for(const Api& api, Ruling& ruling) {
    expect(ruling, takes(api, api.ending("post", "/subscriptions"), "trial_"),
           "a property trial_... in the body of POST /subscriptions");
}

void both_ways_to_cancel(const Api& api, Ruling& ruling) {
    const bool is_at_once =
        has_any_action(api, {"cancel"}) || api.ending("delete", kOne) != nullptr;
    expect(ruling, is_at_once, "POST /subscriptions/{id}/cancel or DELETE /subscriptions/{id}");
    const bool is_later = takes(api, change_operation(api), "cancel_at") ||
                          takes(api, api.ending("post", "/subscriptions/{}/cancel"), "at_period");
    expect(ruling, is_later,
           "a property cancel_at_period_end, so that a customer keeps what is paid for");
}

void cancellation_is_undone(const Api& api, Ruling& ruling) {
    const bool is_undone = has_any_action(api, {"uncancel", "undo_cancel", "reactivate"}) ||
                           takes(api, change_operation(api), "cancel_at_period_end");
    expect(ruling, is_undone, "a way to take a scheduled cancellation back");
}

void debts_are_paid(const Api& api, Ruling& ruling) {
    expect(ruling, api.ending("post", "/invoices/{}/pay") != nullptr, "POST /invoices/{id}/pay");
    expect(ruling, api.ending("get", "/invoices") != nullptr, "GET /invoices");
    const bool is_card_replaced = has_path_with(api, "post", "payment_method") ||
                                  takes(api, change_operation(api), "default_payment_method");
    expect(ruling, is_card_replaced, "a way to give another card");
}

void change_is_previewed(const Api& api, Ruling& ruling) {
    const bool is_previewed = has_path_with(api, "post", "preview") ||
                              has_path_with(api, "get", "preview") ||
                              has_path_with(api, "get", "upcoming");
    expect(ruling, is_previewed, "an operation that previews what a change will cost");
}

void plans_are_listed(const Api& api, Ruling& ruling) {
    const bool is_listed =
        api.ending("get", "/prices") != nullptr || api.ending("get", "/plans") != nullptr;
    expect(ruling, is_listed, "GET /prices or GET /plans");
}

void pausing_has_two_operations(const Api& api, Ruling& ruling) {
    expect(ruling, has_any_action(api, {"pause"}), "POST /subscriptions/{id}/pause");
    expect(ruling, has_any_action(api, {"resume", "unpause"}), "POST /subscriptions/{id}/resume");
}

constexpr Rule kEndpoints[] = {
    {"life_of_a_subscription", "A subscription can be created, read, listed and changed.",
     "everything else refers to it", "the brief", life_of_a_subscription},
    {"trials_are_asked_for", "Whoever creates a subscription can ask for a trial.",
     "a trial is a promise to the customer, so the request must say it", "the brief",
     trials_are_asked_for},
    {"both_ways_to_cancel", "A subscription can be canceled at once and at the period's end.",
     "most people want what they paid for, and some want out today", "the brief",
     both_ways_to_cancel},
    {"cancellation_is_undone", "A cancellation that has not come yet can be taken back.",
     "people change their mind, and a second subscription would bill them twice",
     "Stripe, cancel subscriptions", cancellation_is_undone},
    {"debts_are_paid", "A customer in arrears can give another card and pay the open invoice.",
     "retries alone do not mend an expired card", "the brief", debts_are_paid},
    {"change_is_previewed", "What a change of plan will cost can be asked before it is made.",
     "nobody agrees to a sum that they see afterwards", "Stripe, preview prorations",
     change_is_previewed},
    {"plans_are_listed", "What can be subscribed to can be listed.",
     "a developer starts there, and prices in a client's source go stale", "the brief",
     plans_are_listed},
};

constexpr Rule kPausing[] = {
    {"pausing_has_two_operations", "A subscription can be paused and resumed.",
     "a change of status has preconditions and effects of its own, which a field has not",
     "follow-up 1", pausing_has_two_operations},
};

}  // namespace

std::span<const Rule> endpoint_rules() { return kEndpoints; }
std::span<const Rule> pausing_rules() { return kPausing; }

}  // namespace onsite::subscriptions
