#include "exercises/5-values/checks/star_cues.hpp"

#include <string_view>

namespace onsite::values {
namespace {

using std::string_view;

// It is mine: by name, by place, by what hangs on me.
constexpr string_view kMine[] = {
    "i was the one",
    "was|were|is on me|us",

    "somebody|someone|one|person ~ was me",
    "upon|on myself",
    "i was|am ~ lead|head|manager|owner|mentor|captain|treasurer|foreman|chair|supervisor",
    "was|were|is my area|field|part|thing|department|system|topic|module|class",
    "my|our job|task|role|goal|part|assignment|duty|mission|brief|responsibility|mandate|mentee",
    "my|our desk|plate|lap|watch|shoulders|baby|patch|remit|turn|decision|name|signature|problem",
    "was|were|is|it|became mine|ours",
    "mine to",
    "on|upon me|us to",
    "up|down|over to me|us",
    "fell|fallen|landed|ended|came|passed ~ to|on|with me|us",
    "left to me|us",
    "it|that was me",
    "was ~ for me to",
    "stuck with it",
    "i|we own|owned|ran|run|led|headed|managed|coordinated|supervised the|a|our|an",
    "i|we ran|led|headed|managed|supervised ~ team|shift|project|ward|shop|store|kitchen",
    "i|we looked|look|looking after",
    "i|we was|were ~ looking after",
    "in charge",
    "responsible|accountable for",
    "i|we was|were ~ responsible|accountable",
    "responsibility",
    "on call",
    "on-call",
    "i|we was|were ~ on duty|shift",
    "was my pull|project|service|team",
    "i was|am the|a|their|her|his|our _ "
    "manager|lead|owner|mentor|designer|coordinator|supervisor|captain",
    "i was|am the|a|their|her|his|our "
    "manager|lead|owner|mentor|designer|coordinator|supervisor|captain",
    "i was the ~ who|for|that|of",
    "i was the one|person|guy|woman|man to",
    "i was leading|mentoring|running|heading|covering|managing",
    "the only one|person|engineer|developer|nurse|teacher who|on|with|there|awake",
    "nobody else",
    "no one else",
    "the task|goal|ask|job|aim|brief|assignment|mission|deadline|target ~ was|is|came|to",
    "task was",
    "nobody owned|wanted"};
// Somebody gave it to me.
constexpr string_view kGiven[] = {
    "dropped|dumped|put|left|threw it|this|that on|with|to me|us|my",
    "made|named|appointed|picked me|us",
    "i|we was|were meant|hired|brought",
    "wanted|needed|expected|expecting ~ from|of me|us",

    "looked|pointed|turned at|to me|us",
    "needed|wanted|looking|looked ~ someone|somebody|volunteer|volunteers",
    "i|we was|were|been|got|am "
    "asked|told|given|assigned|tasked|supposed|expected|handed|put|appointed",
    "i|we was|were|been|got|am _ "
    "asked|told|given|assigned|tasked|supposed|expected|handed|put|appointed",
    "i'd|we'd been asked|told|given|assigned|tasked|handed|put|appointed|hired|brought|promised",
    "i|we had|have been asked|told|given|assigned|tasked|handed|put|appointed|hired|brought",
    "i|we was|were|got|been "
    "hired|brought|sent|chosen|picked|elected|promoted|called|roped|drafted|made ~ to|in|as|for",
    "asked|told|wanted|needed|begged|ordered|instructed|expected|invited|urged me|us ~ "
    "to|for|whether|if|about",
    "asked|told|wanted|needed|expects _ and me to",
    "gave|handed|assigned|left|passed|offered me|us",
    "assigned|given|handed ~ to me|us",
    "put me|us|my in|on|onto",
    "made me|us ~ lead|owner|responsible",
    "me who was|had|should",
    "i was to",
    "i|we was|were to find"};
// I took it, or had no choice.
constexpr string_view kTaken[] = {
    "i'd|we'd volunteered|promised|agreed|offered|signed|committed|said",
    "i|we had volunteered|promised|agreed|offered|signed|committed|said",
    "i|we|and|team|group|department|company|crew had to",
    "had to decide|find|be|go|happen|come|work|know",
    "needed to be",
    "i|we need|needed to|the",
    "i|we had|have until|till",
    "i|we had|have ~ hours|days|weeks|months|minutes to|for|left|until|till",
    "i|we volunteered|signed|raised|stepped",
    "i took on|over",
    "i'd taken on|over",
    "i agreed|offered|promised to",
    "i set out to",
    "i|we wanted to make sure",
    "due in|by|on",
    "i asked to|for ~ own|it|take",
    "i inherited",
    "the deadline was",
    "i|we was|were ~ deadline|target"};
constexpr string_view kSureResults[] = {"everybody|everyone was happy",
                                        "as a result",
                                        "in the end",
                                        "the result|results|outcome was|were",
                                        "since then",
                                        "the outcome",
                                        "the result",
                                        "end result",
                                        "ended|wound up",
                                        "to this day",
                                        "ever since",
                                        "afterwards",
                                        "turned out fine|well|badly|to",
                                        "all|everything turned|worked out"};
// How things were then, whoever did it.
constexpr string_view kResults[] = {
    "was|were lost",
    "did not|didn't notice",
    "nobody noticed|complained|left|was|got|missed|lost",
    "was|were content",
    "hired",
    "fell",
    "dropped",
    "rose",
    "grew",
    "climbed",
    "sank",
    "went from|down|up|live|out|away|through|well|quietly",
    "reduced",
    "decreased",
    "increased",
    "improved",
    "doubled",
    "halved",
    "tripled",
    "saved",
    "recovered",
    "survived",
    "no longer",
    "not one",
    "not a single",
    "zero",
    "promoted",
    "on time",
    "in time for",
    "launched",
    "shipped",
    "resolved",
    "was|were|got "
    "fixed|solved|restored|replaced|granted|corrected|closed|settled|paid|refunded|repaired",
    "was|were|got "
    "cancelled|approved|accepted|rejected|merged|released|delivered|finished|signed|sold|opened",
    "finished",
    "down|up from",
    "eventually",
    "finally",
    "today",
    "now",
    "still runs|use*|works",
    "is used",
    "adopted",
    "without any",
    "without a single",
    "happy",
    "glad",
    "proud",
    "thanked",
    "applauded",
    "stopped",
    "worked",
    "successful*",
    "success",
    "solved",
    "came back|down|through|home|in",
    "renewed",
    "stayed",
    "passed",
    "failed",
    "within",
    "shrank",
    "got all|back",
    "refunded",
    "was|were back",
    "by the end|evening|morning|next|weekend|lunch|noon",
    "took only",
    "after that",
    "the next",
    "week|weeks|month|months|days|year|fortnight|later ~ later|after",
    "later that",
    "that quarter|year",
    "none of",
    "all|both|most of them",
    "lost nothing|no",
    "no complaints|customer|merchant|one|patient",
    "held",
    "lasted",
    "signed up",
    "closed the|its|in|for",
    "it was over|done|fixed|gone",
    "never came|happened"};
// What I or we reached: a deed, and an end where the story ends.
constexpr string_view kEndings[] = {
    "i|we "
    "won|lost|got|finished|shipped|launched|delivered|recovered|kept|missed|saved|reached|passed|"
    "sold|made it",
    "i|we won|lost|missed|reached|passed|sold|earned "
    "the|a|an|our|all|no|none|everything|nothing|half",
    "i|we finished|shipped|launched|released|delivered|opened ~ in|on|by|for|at|live",
    "every|each|nobody|everybody|everyone|both|neither|most ~ "
    "was|were|had|got|came|stayed|left|noticed|knew"};

}  // namespace

std::optional<PhraseMatch> task_words(const Sentence& sentence) {
    if (const auto match = find_any(sentence, kMine)) return match;
    if (const auto match = find_any(sentence, kGiven)) return match;
    return find_any(sentence, kTaken);
}

std::optional<PhraseMatch> result_words(const Sentence& sentence) {
    if (const auto match = find_any(sentence, kSureResults)) return match;
    return find_any(sentence, kResults);
}

bool tells_an_ending(const Sentence& sentence) { return has_any(sentence, kEndings); }

bool is_result_for_sure(const Sentence& sentence) { return has_any(sentence, kSureResults); }

}  // namespace onsite::values
