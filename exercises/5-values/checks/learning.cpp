#include "exercises/5-values/checks/learning.hpp"

#include <string_view>

#include "exercises/5-values/checks/verbs.hpp"

namespace onsite::values {
namespace {

using std::string_view;

constexpr string_view kLearning[] = {
    "i've|i|i'm become|grown|got|more|less ~ wary|careful|suspicious|slower|patient|humble",
    "had i|we asked|called|known|checked|looked|tested|told|said|listened|read",
    "the last time i|we", "if it|that|this happened ~ now|again|today",
    "my|our first question|move|step|call ~ is|now|today", "after that i|we always|never",

    // To learn, and what one takes along.
    "i|i've|i'd|we|we've learned|learnt", "i|i've|i'd|we|we've _ learned|learnt",
    "i|we had|have to learn", "taught|teaches us|me",
    "lesson|lessons learned|is|was|i|we|for|here|there|from|that", "the hard way",
    "my|big|hard|main|important|valuable|costly|first lesson", "takeaway*|take-away*", "moral of",
    "i|we took|take away", "took|take|taken from that|this|it",
    "what i|we took|take away|from|with|out|is|was", "came|come away with|knowing|thinking",
    "i|we came|come out of it|that|this",
    // What stays in the mind.
    "stayed|stuck|stays|sticks with|in me|us|mind", "opened my|our eyes", "eye-opener|eye-opening",
    "i|i've|i'll|we|we'll never forgot|forgotten|forget",
    "it|that|which|this changed|changes how i|we|my|our", "changed|changes the way i|we",
    "come to see|believe|understand|think|accept|realise|realize",
    "made|makes me|us ~ realise|realize|see|understand|think|more|less|much|careful|"
    "aware|wary|suspicious|humble",
    "i|we used to think|believe|be|assume", "until then i|we ~ believed|thought|assumed",
    // Looking back.
    "hindsight", "looking back", "next time", "had i known", "knowing what i know",
    "what i know now", "i know now", "if i|we did|do|had|were|was|could|get|got ~ again|over|today",
    "i|we now know", "i|we should|shouldn't have", "i|we should've", "i|we ought to have",
    "i|we wish i|we had|hadn't", "wish i'd|we'd", "i regret|regretted", "other than i did",
    "i was wrong to", "never again",
    "i'd|i'll|we'd|we'll do|make|handle|start|ask|tell|call|be ~ differently|again|"
    "earlier|sooner",
    "i|we would|will|wouldn't|won't do|make|handle|start|ask|tell|be ~ differently|again|"
    "earlier|sooner",
    "i|we won't|wouldn't|don't|never ~ twice|again", "do|done|doing ~ differently",
    "differently today|now|since", "my|our mistake was", "what i|we changed",
    "what i'd|i|we ~ change", "what's|what different is|now|today", "what is different",
    "different today|now|since", "i'd|i had been ~ wrong|problem|blind|naive",
    // What is done since then.
    "since then i|i've|we|we've|there's|there|every|no|my|our|nobody",
    "since that|this day|night|week|year|time|story|incident|evening|morning",
    "i|i've|we've ~ ~ ever since", "ever since i|we|i've|we've|then",
    "ever since _ i|we|i've|we've", "i|we ~ since then|that|this", "from then|there on",
    "from that|this|it i|we", "from that day|moment|point|week|night on|onwards|i|we", "these days",
    "nowadays", "now i|we always|never|know", "today i|we would|i'd|always|never", "today i'd",
    "i|we still do|ask|start|begin|keep", "i do that|it|this now", "i|we no longer",
    "i|we always|never ~ now|anymore|since", "i|i've|we|we've stopped|started|begun ~ since|now",
    "my|into|kept|keep|that|same ~ habit", "became|become ~ rule|principle|habit|ritual|standard",
    "made|make it|this|that|a ~ rule|point|habit|principle", "my rule|rules", "rule of mine|thumb",
    "i keep that",
    "i have|keep|kept|hung|pinned ~ on|over|above|beside|near my|the desk|wall|monitor|"
    "screen|door"};

// At the front of a note: "Learned: ask first".
constexpr string_view kNotes[] = {"learned|learnt", "took away|home", "different today|now|since"};
// Found out by looking, unless the story is at its end.
constexpr string_view kInsights[] = {"i|we realised|realized|understood|noticed that|how|why",
                                     "showed|shows|shown me|us that|why",
                                     "turns|turned out i|i'd|we|we'd",
                                     "i|i'd|we underestimated",
                                     "i|i'd|we _ underestimated",
                                     "i'm|i am ~ than i was|used"};

// With a deed of mine in the present: it goes on.
constexpr string_view kHabits[] = {"now",
                                   "always",
                                   "never",
                                   "still",
                                   "first",
                                   "anymore",
                                   "any more",
                                   "no longer",
                                   "every",
                                   "each",
                                   "whenever",
                                   "when",
                                   "if",
                                   "before",
                                   "until",
                                   "unless",
                                   "since",
                                   "today",
                                   "instead|rather of|than",
                                   "once a",
                                   "twice",
                                   "again",
                                   "all new",
                                   "by default",
                                   "without",
                                   "everyone|everybody|anybody|anyone",
                                   "why i|we",
                                   "on|above|over|beside|in my|the desk|wall|monitor|screen|door"};

// True of everybody, and said at the end.
constexpr string_view kRules[] = {
    "you|one can't|cannot|need|needs|must|should|never|don't|get|gets|only|always|have|has",
    "should ~ be",
    "is|are|isn't|aren't ~ worth",
    "is|are always|never|rarely|seldom|often|only",
    "is|are ~ cheaper|faster|better|easier|worse|safer|quicker|harder|stronger|enough",
    "people ~ when|if|until",
    "nobody|everybody|everyone ~ when|if|until|unless",
    "a|an _ is|isn't|needs|beats|deserves|should|that|which|without|who"};

constexpr string_view kOthers[] = {"he",    "she",     "they",  "him",   "her", "he's",
                                   "she's", "they're", "there", "today", "now", "until"};

bool is_rule(const Sentence& sentence) {
    return !is_about_the_past(sentence) && has_any(sentence, kRules) && !has_any(sentence, kOthers);
}

bool is_habit(const Sentence& sentence, bool is_last) {
    if (!present_deed_in(sentence)) return false;
    return is_last || has_any(sentence, kHabits);
}

}  // namespace

std::optional<PhraseMatch> learning_words(const Sentence& sentence) {
    const auto noted = find_any(sentence, kNotes);
    return noted && noted->first == 0 ? noted : find_any(sentence, kLearning);
}

bool is_learning(const Sentence& sentence) { return learning_words(sentence).has_value(); }

bool tells_what_stayed(const Sentence& sentence, Place place) {
    if (place == Place::before_the_end) return false;
    if (is_learning(sentence) || has_any(sentence, kInsights)) return true;
    if (is_habit(sentence, place == Place::last)) return true;
    return place == Place::last && is_rule(sentence);
}

}  // namespace onsite::values
