#include "harness/review/blind.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/hash.hpp"

namespace onsite {
namespace {

constexpr std::string_view kHidden = "[hidden]";
constexpr std::array<std::string_view, 9> kSignatures = {
    "author",         "copyright",   "signed-off-by",
    "co-authored-by", "created by",  "written by",
    "maintainer",     "reviewed-by", "(c)"};

void replace_all(std::string& text, std::string_view what) {
    const std::string wanted = lowered(what);
    std::string searched = lowered(text);
    for (std::size_t at = 0; (at = searched.find(wanted, at)) != searched.npos;) {
        text.replace(at, wanted.size(), kHidden);
        searched.replace(at, wanted.size(), kHidden);
        at += kHidden.size();
    }
}

bool is_address_letter(char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

// name@host.domain; "@dataclass" and "a @ b" are no addresses.
void replace_addresses(std::string& text) {
    for (std::size_t at = 0; (at = text.find('@', at)) != text.npos;) {
        std::size_t first = at;
        while (first > 0 && is_address_letter(text[first - 1])) --first;
        std::size_t last = at + 1;
        while (last < text.size() && is_address_letter(text[last])) ++last;
        const std::string_view host = std::string_view(text).substr(at + 1, last - at - 1);
        if (first == at || host.find('.') == host.npos) {
            ++at;
            continue;
        }
        text.replace(first, last - first, kHidden);
        at = first + kHidden.size();
    }
}

// "2026-03-01T10:11": a moment; what comes after its minutes goes with it.
bool is_moment(std::string_view text) {
    constexpr std::string_view kForm = "dddd-dd-ddTdd:dd";
    if (text.size() < kForm.size()) return false;
    for (std::size_t i = 0; i < kForm.size(); ++i) {
        const bool is_good = kForm[i] == 'd' ? is_digit(text[i]) : text[i] == kForm[i];
        if (!is_good) return false;
    }
    return true;
}

void replace_moments(std::string& text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_moment(std::string_view(text).substr(at))) continue;
        std::size_t last = at + 16;
        while (last < text.size() && (is_digit(text[last]) || text[last] == ':' ||
                                      text[last] == '.' || text[last] == 'Z')) {
            ++last;
        }
        text.replace(at, last - at, kHidden);
        at += kHidden.size() - 1;
    }
}

bool continues_word(std::string_view text, std::size_t at) {
    return at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '_');
}

// Where the word ends with which a line signs; npos when it does not. Only the first word of what a
// comment says, or one with a colon, is a signature: the rest is the program.
std::size_t end_of_signature(std::string_view line) {
    const std::string small = lowered(line);
    const std::size_t at =
        std::min(small.find_first_of("abcdefghijklmnopqrstuvwxyz("), small.size());
    for (const std::string_view word : kSignatures) {
        const std::size_t end = at + word.size();
        if (!std::string_view(small).substr(at).starts_with(word)) continue;
        if (continues_word(small, end)) continue;
        const bool is_comment = small.find_first_of("/#*;-<@") < at;
        if (is_comment || (end < small.size() && small[end] == ':')) return end;
    }
    return line.npos;
}

}  // namespace

Blindfold::Blindfold(std::vector<std::string> words) : is_on_(true), words_(std::move(words)) {
    std::erase_if(words_, [](const std::string& word) { return word.size() < kHiddenWordMin; });
    std::ranges::sort(words_, [](const std::string& one, const std::string& other) {
        return std::pair(other.size(), one) < std::pair(one.size(), other);
    });
}

std::string Blindfold::hide_line(std::string_view line) const {
    std::string hidden(line);
    if (const std::size_t end = end_of_signature(line); end != line.npos) {
        hidden = std::string(line.substr(0, end)) + " " + std::string(kHidden);
    }
    for (const std::string& word : words_) replace_all(hidden, word);
    replace_addresses(hidden);
    replace_moments(hidden);
    return hidden;
}

std::string Blindfold::hide(std::string_view text) const {
    if (!is_on_) return std::string(text);
    std::string hidden;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        hidden += hide_line(text.substr(0, end));
        if (end < text.size()) hidden += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return hidden;
}

Scorecard Blindfold::hide(Scorecard card) const {
    if (!is_on_) return card;
    GradeFacts& facts = card.facts;
    const std::string alias = alias_of(facts.attempt, facts.content_hash);
    facts.graded_at_ms -= facts.started_at_ms;
    facts.started_at_ms = 0;
    facts.attempt = alias;
    facts.replay = "./onsite grade " + alias + " --seed " + std::to_string(facts.seed);
    for (std::string& note : facts.isolation.notes) note = hide(note);
    for (SelfRating& rating : facts.self_ratings) rating.note = hide(rating.note);
    const auto hide_verdict = [this](Verdict& verdict) {
        verdict.message = hide(verdict.message);
        verdict.evidence.story = hide(verdict.evidence.story);
        verdict.evidence.case_json = hide(verdict.evidence.case_json);
        verdict.evidence.stderr_tail = hide(verdict.evidence.stderr_tail);
    };
    for (CriterionResult& result : card.criteria) {
        for (Verdict& verdict : result.evidence) hide_verdict(verdict);
        for (PersonRating& rating : result.ratings) rating.comment = hide(rating.comment);
    }
    for (Verdict& verdict : card.other) hide_verdict(verdict);
    for (Signal& signal : card.signals) signal.because = hide(signal.because);
    return card;
}

std::string alias_of(std::string_view attempt, std::string_view content_hash) {
    return "attempt-" +
           sha256_hex(std::string(attempt) + '\n' + std::string(content_hash)).substr(0, 6);
}

}  // namespace onsite
