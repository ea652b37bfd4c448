#include "scenarios/replay/story.hpp"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "scenarios/shops/shops.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::size_t kLinesBefore = 8;
constexpr std::size_t kLinesAfter = 2;
constexpr std::size_t kWidth = 96;

std::string harmless_line(std::string_view text) { return harmless(text, Lines::one); }

// Words in lines of kWidth, each with an indent of two.
std::string paragraph(std::string_view text) {
    const std::string words = harmless_line(text);
    std::string out;
    std::size_t column = 0;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        const std::size_t length = end - at;
        const bool breaks = column == 0 || column + 1 + length > kWidth;
        out += breaks ? (column == 0 ? "  " : "\n  ") : " ";
        column = breaks ? 2 + length : column + 1 + length;
        out.append(words, at, length);
        at = end + 1;
    }
    return out + '\n';
}

// "+2.582 s  send  order order-1  op order-1.pay  key ..."
std::string shown(const RunRecord& run, const TraceEvent& event, Hashes hashes) {
    const std::int64_t since_us = event.time_us - run.scenario.start_us;
    std::string line = fmt::format("{:>5} {:>8}.{:03} s  {:<9}", event.line, since_us / 1'000'000,
                                   since_us / 1'000 % 1'000, event.kind);
    for (const auto& [name, value] : event.members) {
        const bool is_noise = name == "i" || name == "t" || name == "account" ||
                              name == "endpoint" || name == "body" ||
                              (name == "params" && (hashes == Hashes::hidden || event.is("req")));
        if (!is_noise && !value.empty()) line += fmt::format(" {} {}", name, harmless_line(value));
    }
    return line;
}

// What a client is called: "client", "service"; and the word of the command that names it.
std::string_view kind_of(const RunRecord& run) {
    return run.is_of_a_service() ? "service" : run.is_of_a_client() ? "client" : "shop";
}

// Who plays: "shop reference", "client attempts/idempotency-1".
std::string player_of(const Replay& replay) {
    const bool is_ours = !replay.run.is_of_a_client();
    const std::string& name = is_ours ? replay.run.shop : replay.client;
    return fmt::format("{} {}", kind_of(replay.run), name.empty() ? "of a trace" : name);
}

std::string words_of_the_player(const Replay& replay) {
    const RunRecord& run = replay.run;
    if (!run.is_of_a_client()) return "--shop " + run.shop;
    const std::string_view option = run.is_of_a_service() ? "--against" : "--subject";
    const std::string_view unknown = run.is_of_a_service() ? "URL" : "DIR";
    return fmt::format("{} {}", option,
                       replay.client.empty() ? std::string(unknown) : shell_word(replay.client));
}

std::string about_the_player(const Replay& replay) {
    if (replay.run.is_of_a_service()) return "The shop: a service, seen from outside only.";
    if (replay.run.is_of_a_client()) {
        return "The shop: everything but its payments is the reference; those are the client's.";
    }
    const ShopKind* shop = find_shop(replay.run.shop);
    return fmt::format("The shop: {}.", shop == nullptr ? "is not known here" : shop->story);
}

std::string ending(const Replay& replay) {
    const auto ids = broken_checkers(replay);
    const std::string found =
        ids.empty() ? "breaks no promise" : fmt::format("breaks {}", fmt::join(ids, ", "));
    if (replay.run.is_of_a_client()) {
        return fmt::format("  this {} {}\n", kind_of(replay.run), found);
    }
    const ShopKind* shop = find_shop(replay.run.shop);
    switch (shop == nullptr ? Expectation::none
                            : expectation_of(replay.run.scenario, *shop, replay)) {
        case Expectation::met:
            return fmt::format("  as expected, this shop {}\n", found);
        case Expectation::not_met:
            return fmt::format("  not as the scenario expects: this shop {}\n", found);
        case Expectation::none:
            break;
    }
    return fmt::format("  this shop {}\n", found);
}

// The checkers that have nothing to say about somebody else's client: no word of theirs is a pass.
std::vector<std::string_view> not_judged(const RunRecord& run) {
    std::vector<std::string_view> ids;
    const auto asked = checkers_for(run);
    const auto add = [&](const Checker& checker) {
        const bool is_new = std::ranges::find(ids, checker.id) == ids.end();
        if (is_new && std::ranges::find(asked, &checker) == asked.end()) ids.push_back(checker.id);
    };
    for (const Checker& checker : checkers()) add(checker);
    for (const Checker* checker : checkers_of_clients()) add(*checker);
    return ids;
}

// How far it is the same when it is played again, and the command that does.
std::string how_to_replay(const Replay& replay, std::string_view name) {
    const RunRecord& run = replay.run;
    std::string text;
    if (run.is_of_a_client()) {
        text += fmt::format("  not judged: {}\n", fmt::join(not_judged(run), ", "));
    }
    text += fmt::format("  trace    {} lines, hash {}, {}{}\n", run.events.size(), run.hash,
                        replay.determinism,
                        replay.parted < 0 ? ""
                                          : fmt::format(": a second run parted from the first one "
                                                        "at line {}",
                                                        replay.parted));
    return text + fmt::format("  replay   ./onsite replay {} {}\n", harmless_line(shell_word(name)),
                              harmless_line(words_of_the_player(replay)));
}

}  // namespace

std::string lines_around(const RunRecord& run, const Violation& broken, Hashes hashes) {
    const TraceEvent& bad = run.events[static_cast<std::size_t>(broken.line)];
    const std::string_view order = run.order_of(bad);
    std::deque<std::string> before;
    std::string after;
    std::size_t shown_after = 0;
    for (const TraceEvent& event : run.events) {
        const bool is_header = event.is("run") || event.is("end") || event.is("event");
        if (event.line != bad.line && (is_header || run.order_of(event) != order)) continue;
        if (event.line <= bad.line) {
            before.push_back((event.line == bad.line ? "  > " : "    ") +
                             shown(run, event, hashes));
            if (before.size() > kLinesBefore + 1) before.pop_front();
        } else if (shown_after++ < kLinesAfter) {
            after += "    " + shown(run, event, hashes) + '\n';
        }
    }
    return fmt::format("{}\n{}", fmt::join(before, "\n"), after);
}

std::string story_of(const Replay& replay, std::string_view name) {
    const RunRecord& run = replay.run;
    std::string text =
        fmt::format("{}   {}   seed {}   {}\n\n", run.scenario.id, harmless_line(player_of(replay)),
                    run.scenario.seed, run.scenario.profile);
    text += paragraph(run.scenario.story);
    text += paragraph(about_the_player(replay));
    for (const Violation& broken : replay.violations) {
        text += fmt::format("\nFAIL  {}   {}   line {}\n\n  {}\n\n{}", broken.checker,
                            harmless_line(broken.operation), broken.line,
                            harmless_line(broken.message), lines_around(run, broken));
    }
    const std::string_view which =
        run.is_of_a_client() ? "every promise that is judged" : "every promise";
    if (verdict_of(replay) == ReplayVerdict::pass)
        text += fmt::format("\nPASS  {} is kept\n", which);
    if (verdict_of(replay) == ReplayVerdict::inconclusive) {
        text += fmt::format(
            "\nINCONCLUSIVE  {} is kept, but the story did not happen\n\n  {}: {}\n", which,
            harmless_line(replay.unmet->operation), harmless_line(replay.unmet->message));
    }
    return text + '\n' + ending(replay) + how_to_replay(replay, name);
}

std::string result_of(const Replay& replay) {
    const RunRecord& run = replay.run;
    simulator::JsonWriter json;
    json.begin_object();
    json.text("scenario", run.scenario.id);
    json.text("shop", run.shop);
    json.text("seed", std::to_string(run.scenario.seed));
    json.text("determinism", replay.determinism);
    if (replay.parted >= 0) json.number("parted_at", replay.parted);
    json.text("verdict", to_string(verdict_of(replay)));
    if (replay.unmet) json.text("unmet", replay.unmet->message);
    const ShopKind* shop = find_shop(run.shop);
    const auto expectation =
        shop == nullptr ? Expectation::none : expectation_of(run.scenario, *shop, replay);
    if (expectation != Expectation::none) {
        json.flag("is_expected", expectation == Expectation::met);
    }
    json.key("violations");
    json.begin_array();
    for (const Violation& broken : replay.violations) {
        json.begin_object();
        json.text("checker", broken.checker);
        json.text("operation", broken.operation);
        json.number("line", broken.line);
        json.text("message", broken.message);
        json.end_object();
    }
    json.end_array();
    if (run.is_of_a_client()) {
        json.key("not_judged");
        json.begin_array();
        for (const std::string_view id : not_judged(run)) json.value(id);
        json.end_array();
    }
    json.number("lines", static_cast<std::int64_t>(run.events.size()));
    json.text("hash", run.hash);
    json.end_object();
    return std::string(json.written()) + '\n';
}

}  // namespace onsite::scenarios
