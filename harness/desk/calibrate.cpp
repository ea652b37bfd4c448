
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/files.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/side_by_side.hpp"
#include "harness/desk/conversation.hpp"
#include "harness/desk/review_commands.hpp"
#include "harness/review/calibration.hpp"
#include "harness/review/review_store.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kAnswerShownBytesMax = 1 << 20;

// The pack of one section, and what one reviewer said about it so far.
struct Pack {
    Exercise exercise;
    Rubric rubric;
    std::vector<CalibrationEntry> entries;
    std::string reviewer;
    fs::path folder;  // attempts/.calibration/<slug>

    fs::path reviews_of_entry(const CalibrationEntry& entry) const { return folder / entry.name; }
};

Result<Pack> load_pack(const App& app, const CalibrateOptions& options) {
    auto exercise = find_exercise(app.catalog, options.slug);
    if (!exercise) return pass_on(exercise);
    auto rubric = load_rubric(*exercise);
    if (!rubric) return pass_on(rubric);
    auto entries = load_calibration(*exercise, *rubric);
    if (!entries) return pass_on(entries);
    if (entries->empty()) {
        return usage_error(fmt::format("{} has no calibration pack yet", exercise->slug));
    }
    auto reviewer = reviewer_name(options.reviewer);
    if (!reviewer) return pass_on(reviewer);
    return Pack{.exercise = *exercise,
                .rubric = std::move(*rubric),
                .entries = std::move(*entries),
                .reviewer = std::move(*reviewer),
                .folder = app.places.attempts / ".calibration" / exercise->slug};
}

Result<std::vector<RatedEntry>> load_rated(const Pack& pack) {
    std::vector<RatedEntry> rated;
    for (const CalibrationEntry& entry : pack.entries) {
        auto review = load_review(pack.reviews_of_entry(entry), pack.reviewer);
        if (!review) return pass_on(review);
        rated.push_back({&entry, std::move(*review)});
    }
    return rated;
}

bool is_done(const RatedEntry& one) {
    return one.review.has_begun() && one.review.first().is_complete;
}

Result<const RatedEntry*> choose(const std::vector<RatedEntry>& rated, const std::string& name) {
    std::vector<std::string> names;
    for (const RatedEntry& one : rated) {
        if (name.empty() ? !is_done(one) : one.entry->name == name) return &one;
        names.push_back(one.entry->name);
    }
    if (name.empty()) return nullptr;
    return usage_error(fmt::format("expected one of {}, found \"{}\"", fmt::join(names, ", "),
                                   name.substr(0, 40)));
}

Result<void> show_beside_reference(const App& app, const Pack& pack,
                                   const CalibrationEntry& entry) {
    auto language = find_language(pack.exercise, entry.language);
    if (!language) return pass_on(language);
    for (const std::string& file : entry.files) {
        auto mine = read_file(entry.folder / file, kAnswerShownBytesMax);
        if (!mine) return pass_on(mine);
        auto reference =
            read_file(pack.exercise.solution_of(*language) / file, kAnswerShownBytesMax);
        if (!reference) return pass_on(reference);
        app.console.print(fmt::format("\n{}: left {}, right the reference\n\n", file, entry.name));
        auto printed = print_texts_side_by_side(app, *mine, *reference);
        if (!printed) return printed;
    }
    return {};
}

Result<void> rate_entry(App& app, const Pack& pack, const RatedEntry& one,
                        const CalibrateOptions& options) {
    const CalibrationEntry& entry = *one.entry;
    const fs::path folder = pack.reviews_of_entry(entry);
    const auto store = [&](std::span<const ReviewEvent> events) {
        return append_review(folder, pack.reviewer, events, app.clock);
    };
    auto snippets = snippets_of(app, options.snippets);
    if (!snippets) return pass_on(snippets);
    Review review = one.review;
    if (!review.has_begun()) {
        const ReviewEvent began{.kind = ReviewEventKind::began,
                                .content_hash = entry.name,
                                .rubric_version = pack.rubric.version,
                                .is_blind = true};
        auto begun = store(std::span(&began, 1));
        if (!begun) return pass_on(begun);
        review = std::move(*begun);
    }
    const Scorecard card = calibration_card(entry, pack.exercise, pack.rubric);
    const AnchorPlaces places{.folder = entry.folder, .cases = {}};
    if (!options.form.is_empty()) {
        auto events = events_of_form(options.form, card, review, places, *snippets);
        if (!events) return pass_on(events);
        auto stored = store(*events);
        if (!stored) return pass_on(stored);
        return {};
    }
    app.console.print(fmt::format("{} of {}: its files are in {}\n", entry.name, pack.exercise.slug,
                                  entry.folder.string()));
    ReviewSession session(
        {.card = card, .places = places, .snippets = *snippets, .style = app.style()}, review);
    return converse(
        app, {.session = session,
              .store = store,
              .show_difference = [&] { return show_beside_reference(app, pack, entry); },
              .show_disagreements =
                  [&] { app.console.print("  no checks were run on a calibration attempt\n"); }});
}

}  // namespace

Result<int> run_calibrate(App& app, const CalibrateOptions& options) {
    auto pack = load_pack(app, options);
    if (!pack) return pass_on(pack);
    auto rated = load_rated(*pack);
    if (!rated) return pass_on(rated);
    auto chosen = choose(*rated, options.entry);
    if (!chosen) return pass_on(chosen);
    const RatedEntry* const entry = *chosen;
    if (entry != nullptr) {
        if (auto done = rate_entry(app, *pack, *entry, options); !done) return pass_on(done);
        auto review = load_review(pack->reviews_of_entry(*entry->entry), pack->reviewer);
        if (!review) return pass_on(review);
        // What was agreed is told only to who has said what they think.
        if (review->first().is_complete) {
            app.console.print(calibration_answer(*entry->entry, review->first().ballot));
        }
        rated = load_rated(*pack);
        if (!rated) return pass_on(rated);
    }
    app.console.print(calibration_text(calibration_result(*rated)));
    return kExitDone;
}

}  // namespace onsite
