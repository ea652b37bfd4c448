#include "exercises/2-invoicing/checks/flow_checks.hpp"

#include <algorithm>
#include <string_view>
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
    std::vector<std::string_view> tags;
};
const std::vector<Flow>& flows() {
    static const std::vector<Flow> all = {{"create", {"tx", "reply"}},
                                          {"finalize", {"tx", "reply"}},
                                          {"send", {"tx", "mail"}},
                                          {"pay", {"tx", "stripe"}},
                                          {"webhook", {"verify", "tx", "reply"}},
                                          {"remind", {"tx", "mail"}},
                                          {"pdf", {"tx", "store"}}};
    return all;
}

// The section whose title has a word that begins so: "remind" is in "Reminders".
const Section* section_of(const std::vector<Section>& sections, std::string_view word) {
    for (const Section& section : sections) {
        const std::string title = lowered(section.title);
        const std::size_t at = title.find(word);
        const bool begins = at == 0 || (at != std::string::npos && title[at - 1] == ' ');
        if (begins) return &section;
    }
    return nullptr;
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
        const std::string words = lowered(step.text);
        findings.expect(step.tag != "stripe" || words.find("key") != std::string::npos, kFlows,
                        step.line,
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
        const Section* section = section_of(sections, flow.word);
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
        const Section* section = section_of(sections, flow.word);
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
