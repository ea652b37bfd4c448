#include "exercises/5-values/checks/trade_off.hpp"

#include <string_view>

#include "exercises/5-values/checks/numbers.hpp"

namespace onsite::values {
namespace {

using std::string_view;

// Chosen and not chosen.
constexpr string_view kGivenUp[] = {
    "i|we let ~ go|slip|slide",
    "i'd|would|we'd rather have",

    "trade-off*",
    "tradeoff*",
    "trade off",
    "traded",
    "in exchange",
    "in return",
    "gave|give|given|giving ~ up it|that|this|a|the|my|our|half|some|for|one|two",
    "gave|giving away",
    "left|leave|leaving ~ out",
    "what i|we dropped|skipped|cut|left",
    "sacrific*",
    "compromise*",
    "i|we dropped|skipped|postponed|parked|shelved|deferred|delayed|cancelled|scrapped",
    "had to drop|cut|skip|cancel|postpone|sacrifice|forgo|give|let",
    "i cut everything|most",
    "cut|cutting ~ scope|corners|feature|features",
    "shipped|launched|released ~ without the|a|tests|review",
    "decided|chose|agreed|choose|opted not|against",
    "chose|picked|choose ~ over",
    "went for the",
    "i|we had a choice",
    "choice between",
    "two|both|three options",
    "alternative*",
    "dilemma",
    "tension",
    "in conflict",
    "conflict between|with|of",
    "on the other hand",
    "settled for",
    "lived|live with that|it|the|this",
    "put up with",
    "i|we accepted|accept",
    "refused|refuse to",
    "refused",
    "said no",
    "preferred",
    "overruled",
    "would|could rather ~ than",
    "had to wait",
    "would|will have to wait",
    "threw|throw|thrown ~ away",
    "not ~ in scope"};
// What it cost.
constexpr string_view kCosts[] = {
    "at|the|a cost of",
    "at|came|comes ~ a|the|some|my|our cost|price|expense",
    "price we|i|you paid|pay",
    "the|a|its price|cost was|is|we|i|for|to",
    "the price|cost of that|this|it|doing|being|waiting|keeping|not",
    "cost|costs|costing us|me|him|her|them|the|our|my",
    "cost|costs ~ somebody|someone|somebody's|someone's",
    "would|will|might cost",
    "what it cost",
    "cost ~ extra|more",
    "pay|paid|paying for it|that|this",
    "paid|pay ~ for it|that with",
    "paid|pay ~ price",
    "the downside|drawback|catch",
    "slowed|slows|slowing my|our|us|me|down|the|everybody|everything|it",
    "swallowed|absorbed|ate the",
    "extra|additional cost|costs|work|hours",
    "that|it|this was|were ~ gone",
    "bonus gone",
    "slower but",
    "i|we|nobody ~ not|never|didn't get|receive ~ bonus",
    "lost ~ over it|that|this",
    "meant giving",
    "lost|lose|losing|missed my|our|the ~ bonus|weekend|deal|contract|sale|slot|holiday",
    "accepted|accepting|knowing that"};
// What it cost, behind a deed.
constexpr string_view kCostsOfADeed[] = {
    "left us|me|them without|with",

    "it|that|which|this meant",
    "it|that|which means",
    "knew|know what that|it|this meant|means|would",
    "i|we knew ~ wouldn't|would|might|could|meant",
    "although|though it|this|that was|is",
    "even though",
    "is|was|are|were|became|it's ~ slower|uglier",
    "took|takes|takes us|me|twice longer",
    "slower|longer than",
    "twice|longer as long",
    "less|not ~ exact|accurate|elegant|pretty|nice",
    "not|wasn't|isn't ~ cheapest|fastest|prettiest|quickest|nicest|cleanest|easiest",
    "not|wasn't|isn't the most",
    "not|wasn't|weren't|isn't|didn't ~ proud|pretty|elegant|perfect|clean|ideal",
    "ugly|hacky|crude|clumsy|dirty|inelegant",
    "more work|expensive|effort for",
    "more expensive",
    "the|my|our|a bonus",
    "not|never|didn't ~ best time",
    "fewer features",
    "by hand for|until|till",
    "delayed",
    "the savings|deal|sale|contract|order ~ never|was|went|did",
    "down|behind ~ on the year",
    "i|we missed the|my|our",
    "late because|for",
    "a day|week|month|weekend late|later|longer",
    "at risk"};
// What might have happened.
constexpr string_view kRisks[] = {
    "the|a|some|any|that|this|more|its|big risk of|that|was|is|and|but|to|we|i|it|by",
    "knew|took|take|taking|accepted|saw|ran|run|carried ~ risk|risks",
    "was|is|were|as a|the ~ risk",
    "at the risk",
    "risked|risking|risky",
    "a|the|was bet|gamble",
    "on|over my|our head|neck|name",
    "on the line",
    "could|might|may have ~ gone|lost|ended|cost",
    "would lose|hurt|upset|annoy",
    "exposed us|me to",
    "wouldn't|would|not bring|make|hit|reach ~ target|points|number|goal|deadline"};
// Another opinion.
constexpr string_view kOpponents[] = {
    "disagreed",
    "i|we|he|she|they ~ disagree",
    "disagreement with|between|about|over",
    "pushback|push-back",
    "pushed|push|pushing back",
    "argued",
    "objected|objection*",
    "opposed",
    "resisted",
    "insisted",
    "feared",
    "protested",
    "was|were|is|are|be|i'm|totally|strongly against",
    "against it|that|this|my|our",
    "dead set",
    "did not|never agree",
    "didn't|couldn't|wouldn't agree",
    "could not agree",
    "grudging*",
    "reluctant*",
    "sceptical|skeptical|scepticism",
    "would|had have preferred|rather",
    "the opposite of",
    "had a point",
    "he|she|they|who|team|manager|boss|sales|finance|legal|colleagues did not want|like|"
    "agree",
    "he|she|they|who|team|manager|boss|sales|finance|legal|colleagues didn't want|like|"
    "agree|see",
    "he|she|they|who|team|manager|boss|sales|finance|lead|head|cto|ceo|director was|were "
    "convinced",
    "he|she|they|who|manager|boss|sales|people|ceo|founder|some wanted to ship|launch|"
    "release|reboot|skip",
    "thought|thinks|felt|said otherwise",
    "another|different|other|opposite opinion|view",
    "unfair",
    "a waste",
    "wasted ~ time",
    "not worth",
    "isn't|wasn't worth",
    "overkill|paranoid|overcautious|over-engineered",
    "said|thought|found|felt|considered ~ too|so slow|careful|cautious|expensive|strict|"
    "much|long|late"};
// They take the chosen way badly, behind a deed.
constexpr string_view kUnhappy[] = {
    "thought|said i|we was|were",

    "called|thought|considered|found me|us|it ~ stubborn|difficult|slow|crazy|mad|"
    "paranoid|naive|cautious|pedantic|overkill|waste|exaggerated",
    "not|wasn't|weren't|isn't|never|less|hardly ~ happy|thrilled|amused|pleased|"
    "impressed|popular|keen|convinced|sold|delighted",
    "not|hardly everybody|everyone",
    "wanted ~ opposite|otherwise|faster|sooner",
    "hated|hates|resented|disliked it|that|this|me|us|the",
    "grumbled|grumbling|moaned|swore",
    "furious|annoyed|annoying|angry|upset|livid|irritated|unhappy|displeased|disappointed",
    "was|were|got cross",
    "he|she|they|who|some|people|boss|manager|team|colleagues|staff|sales|marketing|"
    "users ~ complained",
    "not|never|didn't|don't|doesn't|nobody|few ~ like|liked|love|loved|enjoy it|that|"
    "this|me",
    "did|didn't|would|wouldn't|doesn't ~ speak|talk to|with me|us",
    "shouted|yelled|cursed at",
    "made|make me|us ~ enemy|enemies|unpopular",
    "never forgave",
    "never let me|us ~ forget",
    "people|customers|users|guests waited"};
// At the front of a note: "Cost: four weeks".
constexpr string_view kNotes[] = {"cost|costs|price|downside|drawback|trade-off|tradeoff",
                                  "the|what ~ cost|costs|price|downside|drawback|trade-off"};
constexpr string_view kChoices[] = {"instead of", "rather than", "versus", "vs"};

}  // namespace

std::optional<PhraseMatch> trade_off_words(const Sentence& sentence, bool is_behind_a_deed) {
    if (const auto match = find_any(sentence, kGivenUp)) return match;
    if (const auto match = find_any(sentence, kCosts)) return match;
    if (const auto match = find_any(sentence, kRisks)) return match;
    if (const auto match = find_any(sentence, kOpponents)) return match;
    if (const auto noted = find_any(sentence, kNotes); noted && noted->first == 0) return noted;
    if (is_behind_a_deed) {
        if (const auto match = find_any(sentence, kCostsOfADeed)) return match;
        if (const auto match = find_any(sentence, kUnhappy)) return match;
        // "2 hours instead of 4" compares, "waiting instead of guessing" chooses.
        if (quantities_in(sentence).empty()) return find_any(sentence, kChoices);
    }
    return std::nullopt;
}

}  // namespace onsite::values
