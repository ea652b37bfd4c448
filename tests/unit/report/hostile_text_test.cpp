// Goal: whatever bytes a candidate brings into a scorecard, no report holds a control character,
// a tag or broken UTF-8 of theirs. RapidCheck makes the bytes.
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "harness/report/report.hpp"
#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite {
namespace {

using enum ReportFormat;

std::string random_bytes() {
    return *rc::gen::element<std::string>("\x1b]0;x\x07", "<script>", "]]>", "\u202e", "\xc2\x9b",
                                          "&quot;", "\xff\xfe", "\r", "\"'") +
           *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
}

// A scorecard with hostile text wherever text of others can get to.
Scorecard hostile_card() {
    const std::string bytes = random_bytes();
    GradeFacts facts = testing::small_facts();
    facts.title = facts.attempt = facts.toolchain = facts.content_hash = facts.replay = bytes;
    facts.exercise = facts.language = bytes;
    facts.isolation = {.layers = {}, .level = IsolationLevel::none, .notes = {bytes}};
    Verdict verdict = failed("says_hello", Cause::wrong_answer, bytes);
    verdict.evidence = {.story = "expected  a" + bytes + "\nfound  b" + bytes,
                        .case_json = bytes,
                        .growth = {},
                        .stderr_tail = bytes};
    Verdict other = passed(bytes, 1, bytes);
    other.evidence.growth = {{1, 1, 1}, {2, 2, 2}};
    return score(testing::small_rubric(), std::vector{verdict, other}, facts);
}

bool holds_control_character(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        if ((byte < 0x20 && byte != '\n') || byte == 0x7F) return true;
        if (byte == 0xC2 && next >= 0x80 && next < 0xA0) return true;
    }
    return false;
}

bool is_utf8(const std::string& text) {
    try {
        return !nlohmann::json(text).dump().empty();  // Throws on anything else.
    } catch (const nlohmann::json::exception&) {
        return false;
    }
}

RC_GTEST_PROP(HostileTextProperty, NoReportHoldsAControlCharacter, ()) {
    const Scorecard card = hostile_card();
    for (const ReportFormat format : {text, json, junit, gradescope, html}) {
        const std::string report = render(card, format);
        RC_ASSERT(!holds_control_character(report));
        RC_ASSERT(is_utf8(report));
        RC_ASSERT(report.find("\u202e") == report.npos);
    }
}

RC_GTEST_PROP(HostileTextProperty, NoTagGetsIntoMarkup, ()) {
    const Scorecard card = hostile_card();
    for (const ReportFormat format : {junit, html}) {
        RC_ASSERT(render(card, format).find("<script") == std::string::npos);
    }
}

RC_GTEST_PROP(HostileTextProperty, JsonStaysJson, ()) {
    const Scorecard card = hostile_card();
    for (const ReportFormat format : {json, gradescope}) {
        RC_ASSERT(nlohmann::json::accept(render(card, format)));
    }
}

}  // namespace
}  // namespace onsite
