#include "exercises/2-invoicing/checks/flow_checks.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ascii.hpp"
#include "exercises/2-invoicing/checks/findings.hpp"
#include "exercises/2-invoicing/checks/markdown_text.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

constexpr int kStepsMin = 3;
constexpr int kWordsMin = 4;

constexpr std::string_view kTags[] = {"client", "api",    "tx",    "stripe", "queue",
                                      "worker", "verify", "reply", "mail",   "store"};

// A flow, and the steps without which it would not be that flow.
struct Flow {
    std::string_view word;  // In the title of its section.
    std::string_view stem;  // In another form of the word: "Creating", "Finalise".
    std::vector<std::string_view> tags;
};
const std::vector<Flow>& flows() {
    static const std::vector<Flow> all = {{"create", "creat", {"tx", "reply"}},
                                          {"finalize", "finali", {"tx", "reply"}},
                                          {"send", "send", {"tx", "mail"}},
                                          {"pay", "pay", {"tx", "stripe"}},
                                          {"webhook", "webhook", {"verify", "tx", "reply"}},
                                          {"remind", "remind", {"tx", "mail"}},
                                          {"pdf", "pdf", {"tx", "store"}}};
    return all;
}

// How far a title is from being that flow's: 0 when it has the word, 1 when it has another form of
// it, and the further the later it comes; nothing when it has none.
std::optional<std::pair<int, std::size_t>> distance(std::string_view title, const Flow& flow) {
    std::optional<std::pair<int, std::size_t>> least;
    const std::string small = lowered(title);
    for (std::size_t at = small.find(flow.stem); at != std::string::npos;
         at = small.find(flow.stem, at + 1)) {
        if (at > 0 && is_in_a_word(small[at - 1])) continue;
        const std::string_view rest = std::string_view(small).substr(at);
        const bool is_whole =
            rest.starts_with(flow.word) &&
            (rest.size() == flow.word.size() || !is_in_a_word(rest[flow.word.size()]));
        const std::pair<int, std::size_t> found(is_whole ? 0 : 1, at);
        if (!least || found < *least) least = found;
    }
    return least;
}

// The section whose title is the nearest: "Pay" before "Webhook: a payment succeeded".
const Section* section_of(const std::vector<Section>& sections, const Flow& flow) {
    const Section* nearest = nullptr;
    std::optional<std::pair<int, std::size_t>> least;
    for (const Section& section : sections) {
        const auto found = distance(section.title, flow);
        if (!found || (least && *least <= *found)) continue;
        nearest = &section;
        least = found;
    }
    return nearest;
}

const Section* section_of(const std::vector<Section>& sections, std::string_view word) {
    return section_of(sections, *std::ranges::find(flows(), word, &Flow::word));
}

// Whether a request of that text carries a key, or needs none because it only reads.
bool is_safe_to_repeat(std::string_view text) {
    const std::string words = lowered(text);
    const auto has = [&](std::string_view word) {
        for (std::size_t at = words.find(word); at != std::string::npos;
             at = words.find(word, at + 1)) {
            if (at == 0 || (!is_in_a_word(words[at - 1]) && words[at - 1] != '-')) return true;
        }
        return false;
    };
    const auto has_any = [&](std::initializer_list<std::string_view> all) {
        return std::ranges::any_of(all, has);
    };
    if (has_any({"no key", "no idempotency key", "without a key", "without key",
                 "without an idempotency key", "without idempotency key"})) {
        return has_any({"read", "fetch", "get", "retriev", "look", "search", "list"});
    }
    return has_any({"key", "idempotency-key", "idempotency_key", "stripe_key"});
}

// The place of the first step with that tag, from `from` on; -1 when there is none.
int find_step(const Section& section, std::string_view tag, int from = 0) {
    for (std::size_t i = static_cast<std::size_t>(from); i < section.steps.size(); ++i) {
        if (section.steps[i].tag == tag) return static_cast<int>(i);
    }
    return -1;
}

bool leaves_the_database(const Step& step) {
    return step.tag == "stripe" || step.tag == "mail" || step.tag == "store";
}

void judge_effects(const Section& section, Findings& findings) {
    for (std::size_t i = 0; i < section.steps.size(); ++i) {
        const Step& step = section.steps[i];
        if (!leaves_the_database(step)) continue;
        const int here = static_cast<int>(i);
        const int before = find_step(section, "tx");
        findings.expect(before >= 0 && before < here, kFlows, step.line,
                        "expected a `tx` before it that says what will be done: after a crash "
                        "nobody would know");
        findings.expect(find_step(section, "tx", here + 1) >= 0, kFlows, step.line,
                        "expected a `tx` after it that says what came of it");
        findings.expect(step.tag != "stripe" || is_safe_to_repeat(step.text), kFlows, step.line,
                        "expected the idempotency key that the request carries, and where it comes "
                        "from");
    }
}

void judge_webhook(const Section& section, Findings& findings) {
    const int verify = find_step(section, "verify");
    const int tx = find_step(section, "tx");
    const int reply = find_step(section, "reply");
    findings.expect(verify >= 0 && tx >= 0 && verify < tx, kFlows, section.line,
                    "expected `verify` before the first `tx`: nothing of a stranger is stored as "
                    "an event");
    findings.expect(tx >= 0 && reply >= 0 && tx < reply, kFlows, section.line,
                    "expected `reply` after a `tx`: an event that is acknowledged and not stored "
                    "is lost");
}

}  // namespace

Result<Verdict> flows_are_complete(const Context& context, const std::string& check) {
    const std::vector<Section> sections = sections_of(context.pages.page(kFlows));
    Findings findings(context.documents, check);
    for (const Flow& flow : flows()) {
        const Section* section = section_of(sections, flow);
        const int line = section == nullptr ? 0 : section->line;
        findings.expect(section != nullptr && section->steps.size() >= kStepsMin, kFlows, line,
                        fmt::format("expected the flow \"{}\" under its own heading, in {} "
                                    "numbered steps or more",
                                    flow.word, kStepsMin));
        if (section == nullptr) continue;
        for (const std::string_view tag : flow.tags) {
            findings.expect(find_step(*section, tag) >= 0, kFlows, line,
                            fmt::format("expected a step `{}`", tag));
        }
        for (const Step& step : section->steps) {
            const bool is_known = std::ranges::find(kTags, step.tag) != std::end(kTags);
            findings.expect(is_known, kFlows, step.line,
                            fmt::format("expected the step to begin with where it happens, one of "
                                        "`{}`",
                                        fmt::join(kTags, "`, `")));
            findings.expect(count_words(step.text) >= kWordsMin, kFlows, step.line,
                            "expected a sentence that says what happens");
        }
    }
    return findings.verdict("all flows of the brief are there, step by step");
}

Result<Verdict> effects_follow_a_commit(const Context& context, const std::string& check) {
    const std::vector<Section> sections = sections_of(context.pages.page(kFlows));
    Findings findings(context.documents, check);
    for (const Flow& flow : flows()) {
        const Section* section = section_of(sections, flow);
        if (section != nullptr) judge_effects(*section, findings);
    }
    for (const std::string_view word : {"pay", "send"}) {
        const Section* section = section_of(sections, word);
        findings.expect(
            section != nullptr && std::ranges::any_of(section->steps, leaves_the_database), kFlows,
            section == nullptr ? 0 : section->line,
            fmt::format("expected the step of \"{}\" that leaves the database", word));
    }
    const Section* webhook = section_of(sections, "webhook");
    judge_webhook(webhook == nullptr ? Section{} : *webhook, findings);
    return findings.verdict(
        "every effect stands between the transaction that wants it and the one "
        "that knows it");
}

}  // namespace onsite::invoicing
