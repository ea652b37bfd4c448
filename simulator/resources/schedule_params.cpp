#include "simulator/resources/schedule_params.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kWhose = "A subscription schedule";
constexpr std::int64_t kIntervalsMax = 1'000;

void read_settings(ParamReader& params, const World& world, std::string_view customer,
                   ScheduleSettings& settings) {
    constexpr std::array<std::string_view, 2> kAnchors = {"automatic", "phase_start"};
    if (const auto word = params.choice("billing_cycle_anchor", kAnchors)) {
        settings.is_anchored_at_start = *word == 1;
    }
    if (const auto word = params.choice("collection_method", kCollections)) {
        settings.collection = static_cast<Collection>(*word);
    }
    read_default_method(params, world, customer, settings.default_payment_method);
    update_text(params, "description", settings.description);
    ParamReader invoices = params.object("invoice_settings");
    refuse_unsimulated(invoices, kWhose,
                       {"account_tax_ids", "custom_fields", "description", "footer"});
    invoices.ignore("issuer");
    if (const auto days = invoices.integer("days_until_due", 0, kDueDaysMax)) {
        settings.days_until_due = *days;
    }
    if (settings.collection == Collection::send_invoice && !settings.days_until_due) {
        params.refuse(parameter_missing(params.path_of("invoice_settings") + "[days_until_due]"));
    }
    if (settings.days_until_due && settings.collection != Collection::send_invoice) {
        params.refuse("invoice_settings",
                      "`days_until_due` can only be set when `collection_method` is "
                      "'send_invoice'.");
    }
    refuse_unsimulated(
        params, kWhose,
        {"application_fee_percent", "billing_thresholds", "on_behalf_of", "transfer_data"});
    params.ignore("automatic_tax");
}

std::vector<ItemParams> read_phase_items(ParamReader& params, const World& world) {
    std::vector<ItemParams> items;
    for (ParamReader& sent : params.objects("items")) {
        ItemParams item;
        item.path = fmt::format("{}[{}]", params.path_of("items"), items.size());
        refuse_unsimulated(sent, kWhose, {"billing_thresholds", "discounts"});
        read_item(sent, world, item);
        items.push_back(std::move(item));
    }
    if (items.empty()) params.refuse(parameter_missing(params.path_of("items")));
    if (items.size() > kItemsMax) {
        params.refuse("items", fmt::format("A phase can have at most {} items.", kItemsMax));
    }
    return items;
}

// A moment, or "now".
std::optional<std::int64_t> read_moment(ParamReader& params, std::string_view name,
                                        std::int64_t now) {
    if (params.has(name) && !params.is_object(name) && params.text(name) == "now") return now;
    return params.integer(name, 0, kMomentMax);
}

void read_length(ParamReader& params, PhaseParams& sent) {
    sent.end = params.integer("end_date", 0, kMomentMax);
    sent.iterations = params.integer("iterations", 1, kIntervalsMax);
    if (params.has("duration")) {
        ParamReader duration = params.object("duration");
        if (!duration.has("interval")) {
            duration.refuse(parameter_missing(duration.path_of("interval")));
        }
        sent.duration.interval =
            static_cast<Interval>(duration.choice("interval", kIntervals).value_or(0));
        sent.duration.count = duration.integer("interval_count", 1, kIntervalsMax).value_or(1);
    }
    const int named =
        sent.end.has_value() + sent.iterations.has_value() + (sent.duration.count > 0);
    if (named > 1) {
        params.refuse("end_date",
                      "You may only specify one of these parameters: end_date, duration, "
                      "iterations.");
    }
}

void read_trial_of_phase(ParamReader& params, PhaseParams& sent, std::int64_t now) {
    sent.is_trial = params.flag("trial").value_or(false);
    sent.phase.trial_end = read_moment(params, "trial_end", now);
    if (sent.is_trial && sent.phase.trial_end) {
        params.refuse("trial_end",
                      "You may only specify one of these parameters: trial, trial_end.");
    }
    if ((sent.is_trial || sent.phase.trial_end) &&
        sent.phase.settings.is_anchored_at_start.value_or(false)) {
        params.refuse("billing_cycle_anchor",
                      "`billing_cycle_anchor` cannot be `phase_start` in a phase with a trial.");
    }
}

ApiError wrong_end(const PhaseParams& sent) {
    return invalid_parameter(
        sent.path_of("end_date"),
        fmt::format("A phase has to end after it starts, and before 2100: it starts at {} and "
                    "would end at {}.",
                    sent.phase.start, sent.phase.end));
}

// Where a phase ends, which is where the next one starts.
std::expected<void, ApiError> set_ends(PhaseParams& sent, PhaseParams* next) {
    SchedulePhase& phase = sent.phase;
    const std::int64_t iterations = sent.iterations.value_or(1);
    if (sent.end) {
        phase.end = *sent.end;
    } else if (sent.duration.count > 0) {
        phase.end = boundary({phase.start}, sent.duration, 1);
    } else if (!sent.iterations && next != nullptr && next->start) {
        phase.end = *next->start;
    } else {
        phase.end = boundary({phase.start}, phase.recurrence, iterations);
    }
    if (phase.end <= phase.start || phase.end > kMomentMax) return std::unexpected(wrong_end(sent));
    if (next != nullptr && next->start.value_or(phase.end) != phase.end) {
        return std::unexpected(invalid_parameter(
            next->path_of("start_date"),
            fmt::format("A phase has to start when the one before it ends: at {}, not at {}.",
                        phase.end, *next->start)));
    }
    if (next != nullptr) next->phase.start = phase.end;
    if (sent.is_trial) phase.trial_end = phase.end;
    if (phase.trial_end && *phase.trial_end > phase.end) {
        return std::unexpected(invalid_parameter(
            sent.path_of("trial_end"), "The trial of a phase cannot end after the phase."));
    }
    return {};
}

std::expected<void, ApiError> resolve_from(World& world, std::vector<PhaseParams>& sent,
                                           std::size_t place, const ItemsCheck& check) {
    if (place == sent.size()) return check();
    PhaseParams& one = sent[place];
    PhaseParams* const next = place + 1 < sent.size() ? &sent[place + 1] : nullptr;
    Subscription decided;
    decided.currency = one.phase.currency;
    auto items = items_after(
        world, {}, std::move(one.items), decided, [&]() -> std::expected<void, ApiError> {
            one.phase.currency = decided.currency;
            one.phase.recurrence = decided.recurrence;
            if (next != nullptr && next->phase.currency.empty()) {
                next->phase.currency = decided.currency;
            }
            if (next != nullptr && next->phase.currency != decided.currency) {
                return std::unexpected(
                    invalid_parameter(next->path_of("currency"), "All phases have one currency."));
            }
            if (auto good = set_ends(one, next); !good) return good;
            return resolve_from(world, sent, place + 1, check);
        });
    if (!items) {
        if (items.error().param == "items") items.error().param = one.path_of("items");
        return std::unexpected(std::move(items.error()));
    }
    one.phase.items = std::move(*items);
    return {};
}

}  // namespace

std::string PhaseParams::path_of(std::string_view name) const {
    return fmt::format("{}[{}]", path, name);
}

void read_schedule_settings(Call& call, std::string_view customer, ScheduleSettings& settings) {
    ParamReader sent = call.params.object("default_settings");
    read_settings(sent, call.world, customer, settings);
}

std::vector<PhaseParams> read_phases(Call& call, std::string_view customer, PhasesOf whose) {
    const World& world = call.world;
    const std::int64_t now = timeline_of(call.world, customer).now_s();
    std::vector<PhaseParams> phases;
    for (ParamReader& params : call.params.objects("phases")) {
        PhaseParams sent;
        SchedulePhase& phase = sent.phase;
        sent.path = fmt::format("phases[{}]", phases.size());
        sent.items = read_phase_items(params, world);
        if (whose == PhasesOf::update) sent.start = read_moment(params, "start_date", now);
        read_length(params, sent);
        read_settings(params, world, customer, phase.settings);
        read_trial_of_phase(params, sent, now);
        phase.currency = params.currency("currency").value_or("");
        phase.discounts = read_discounts(params);
        if (params.clears("discounts")) params.ignore("discounts");
        if (params.has("default_tax_rates")) {
            phase.default_tax_rates = read_tax_rates(params, world, "default_tax_rates");
        }
        read_prorate(params, phase.prorate);
        params.update_metadata(phase.metadata);
        refuse_unsimulated(params, kWhose, {"add_invoice_items"});
        phases.push_back(std::move(sent));
    }
    if (phases.size() > kPhasesMax) {
        call.params.refuse(
            "phases", fmt::format("A subscription schedule can have at most {} phases that are "
                                  "going on or to come.",
                                  kPhasesMax));
    }
    return phases;
}

std::expected<void, ApiError> resolve_phases(World& world, std::vector<PhaseParams>& sent,
                                             const ItemsCheck& check) {
    return resolve_from(world, sent, 0, check);
}

}  // namespace onsite::simulator
