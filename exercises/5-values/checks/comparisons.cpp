#include "exercises/5-values/checks/comparisons.hpp"

#include <string_view>

namespace onsite::values {
namespace {

using std::string_view;

// What was before.
constexpr string_view kBefore[] = {
    "on|over|than last|previous year|month|week|quarter|season|time",
    "on|over the previous|last|prior",
    "down|up from",
    "previously",
    "used to",
    "had been",
    "had ~ taken|cost|needed|lasted|lost|paid|had",
    "we'd|i'd|they'd had|seen|lost|paid|needed|promised|planned|sold|expected|been",
    "baseline",
    "before that|then|this|it|we|i|they|she|he|there|touching|the",
    "as|than|where|it|what before",
    "it was|took|cost|had before",
    "took before",
    "the _ before",
    "the _ _ before",
    "half|a year before",
    "earlier",
    "as always",
    "last year's|month's|week's|quarter's",
    "same ~ last|earlier|before|took|needed|lasted|cost|had",
    "the previous|former|old _",
    "where it|there|before|the|we|they",
    "was|were at",
    "until then",
    "from _ to",
    "from nothing|zero|none",
    "went|came|got ~ from",
    "it|that|he|she was|were _ before",
    "at the start|beginning|outset",
    "on the year|month|week",
    "still|again ~ lower|higher"};
// What it might have been, or should be.
constexpr string_view kOther[] = {
    "instead of",
    "in place of",
    "rather than",
    "compared with|to",
    "as opposed to",
    "versus",
    "vs",
    "against",
    "would have",
    "would've",
    "more|less|fewer|lower|higher|faster|better|shorter|longer|slower|rather|cheaper than",
    "the usual|normal|average|target|goal|limit|plan|record|norm",
    "usually",
    "normally|typically",
    "our|their|its target|goal|budget|limit|estimate|forecast|plan|best|average|usual",
    "pass mark",
    "target|goal|limit|budget|forecast|plan ~ was|of",
    "planned|promised|expected|estimated|allowed",
    "above|below|over|under target|plan|budget|average|estimate",
    "similar _",
    "the other|others ~ had"};
// Parts and multiples.
constexpr string_view kShares[] = {
    "out of",
    "by half|a|two",
    "a|one|two|three half|quarter|third|fifth|tenth|quarters|thirds|fifths of",
    "half|third|quarter ~ of",
    "half as|the|what|that",
    "twice|double|triple as|the|what|that",
    "one|two|three|four in _",
    "times faster|slower|fewer|more|less|as|cheaper|shorter|quicker|better|higher|lower",
    "half again",
    "all _ of",
    "every|each one of",
    "not one",
    "to zero|none|nothing|nil",
    "as many|much as",
    "percent|% of",
    "all the|of",
    "most of",
    "only|just ~ of",
    "every second|third",
    "without|with it|that|the"};

}  // namespace

std::optional<PhraseMatch> comparison_words(const Sentence& sentence) {
    if (const auto match = find_any(sentence, kBefore)) return match;
    if (const auto match = find_any(sentence, kOther)) return match;
    return find_any(sentence, kShares);
}

}  // namespace onsite::values
