#include "exercises/2-invoicing/checks/checks.hpp"

#include <string>

#include "exercises/2-invoicing/checks/api_checks.hpp"
#include "exercises/2-invoicing/checks/flow_checks.hpp"
#include "exercises/2-invoicing/checks/number_checks.hpp"
#include "exercises/2-invoicing/checks/postgres_check.hpp"
#include "exercises/2-invoicing/checks/schema_checks.hpp"
#include "exercises/2-invoicing/checks/table_checks.hpp"
#include "harness/documents/honesty.hpp"

namespace onsite::invoicing {
namespace {

Result<Verdict> honesty_of(const Context& context, const std::string&) {
    return context.pages.honesty();
}

struct Entry {
    const char* name;
    int followup;
    CheckScope scope;
    Result<Verdict> (*run)(const Context&, const std::string&);
};

constexpr Entry kEntries[] = {
    {"schema_loads", 0, CheckScope::every_save, schema_loads},
    {"rows_belong_together", 0, CheckScope::every_save, rows_belong_together},
    {"money_is_exact", 0, CheckScope::every_save, money_is_exact},
    {"double_effects_are_impossible", 0, CheckScope::every_save, double_effects_are_impossible},
    {"list_uses_an_index", 0, CheckScope::every_save, list_uses_an_index},
    {"outbox_can_be_worked", 0, CheckScope::every_save, outbox_can_be_worked},
    {"api_is_valid", 0, CheckScope::every_save, api_is_valid},
    {"api_has_the_endpoints", 0, CheckScope::every_save, api_has_the_endpoints},
    {"api_amounts_are_integers", 0, CheckScope::every_save, api_amounts_are_integers},
    {"writes_take_an_idempotency_key", 0, CheckScope::every_save, writes_take_an_idempotency_key},
    {"errors_have_one_shape", 0, CheckScope::every_save, errors_have_one_shape},
    {"lists_page_by_cursor", 0, CheckScope::every_save, lists_page_by_cursor},
    {"webhook_is_verified", 0, CheckScope::every_save, webhook_is_verified},
    {"flows_are_complete", 0, CheckScope::every_save, flows_are_complete},
    {"effects_follow_a_commit", 0, CheckScope::every_save, effects_follow_a_commit},
    {"numbers_add_up", 0, CheckScope::every_save, numbers_add_up},
    {"retries_end", 0, CheckScope::every_save, retries_end},
    {"failures_are_detected_and_repaired", 0, CheckScope::every_save,
     failures_are_detected_and_repaired},
    {"failures_match_the_catalogue", 0, CheckScope::every_save, failures_match_the_catalogue},
    {"decisions_name_what_was_rejected", 0, CheckScope::every_save,
     decisions_name_what_was_rejected},
    {"ten_times_adds_up", 1, CheckScope::every_save, ten_times_adds_up},
    {kHonestyCheck, 0, CheckScope::every_save, honesty_of},
    // Starts a server, which takes seconds.
    {"holds_in_postgresql", 0, CheckScope::grade, holds_in_postgresql},
};

}  // namespace

std::vector<Check> all_checks(const Context& context) {
    std::vector<Check> checks;
    for (const Entry& entry : kEntries) {
        checks.push_back({.name = entry.name,
                          .followup = entry.followup,
                          .scope = entry.scope,
                          .run = [&context, entry] { return entry.run(context, entry.name); }});
    }
    return checks;
}

}  // namespace onsite::invoicing
