#include "exercises/5-values/checks/tone.hpp"

#include <string_view>

namespace onsite::values {
namespace {

using std::string_view;

constexpr string_view kHedges[] = {
    "kind of",     "kinda",       "sort of",     "sorta",        "maybe",        "probably",
    "i guess",     "basically",   "somewhat",    "more or less", "hopefully",    "a bit",
    "pretty much", "i suppose",   "perhaps",     "somehow",      "stuff",        "things like that",
    "and so on",   "i feel like", "i think",     "a little bit", "or something", "whatever",
    "etc",         "honestly",    "you know",    "quite",        "possibly",     "not sure",
    "i believe",   "actually",    "i would say", "in a way"};
// What somebody is called, whoever it is.
constexpr string_view kInsults[] = {
    "incompetent*",
    "incompetence",
    "too lazy",
    "laziness",
    "stupidity",
    "idiot*",
    "moron*",
    "imbecile*",
    "clueless*",
    "unprofessional*",
    "ignorant",
    "ignorance",
    "arrogant",
    "arrogance",
    "amateurs|amateurish",
    "clowns|clown",
    "dilettante*",
    "complete|total|absolute|utter|bloody amateur|fool|idiot",
    "spineless",
    "gutless",
    "brainless",
    "brain-dead",
    "dimwit*",
    "coward|cowards",
    "muppet*",
    "slacker*",
    "dead weight|wood",
    "control freak",
    "bad code from",
    "terrible|bad|awful|horrible|toxic|useless manager|boss|lead|developer|developers|"
    "engineer|engineers",
    "a complete|total|utter joke|disgrace"};
// A person, and what is said of a person or of a thing.
constexpr string_view kCalledBad[] = {
    "he|she|they|who|people|guys|team|manager|boss|lead|department was|were|is|are|"
    "wasn't ~ "
    "careless|lazy|stupid|sloppy|useless|hopeless|pathetic|dumb|worthless|ridiculous|fools|weak",
    "developers|designers|testers|engineers|colleague|colleagues|consultant|consultants|"
    "contractor|contractors was|were|is|are ~ "
    "careless|lazy|stupid|sloppy|useless|hopeless|pathetic|dumb|worthless",
    "vendor|supplier|management|operations|ops|qa|director|predecessor|client|intern|"
    "support|sales was|were|is|are ~ "
    "careless|lazy|stupid|sloppy|useless|hopeless|pathetic|dumb|worthless",
    "careless|lazy|stupid|sloppy|useless|hopeless|pathetic|dumb as|people|colleague*|"
    "manager|boss|team"};
// Whose fault it was.
constexpr string_view kFaults[] = {
    "because of their|his|her sloppy|lazy|careless|bad|poor|stupid",
    "thanks to their|his|her sloppy|lazy|careless|bad|poor|stupid",

    "his|her|their|your fault",
    "the fault of",
    "he|she|they|who|team|vendor|manager was|were|is|are at fault",
    "not|wasn't|isn't|hardly my|our fault|mistake|error|doing",
    "not|wasn't|isn't|certainly ~ my|our mistake|fault",
    "because of him|her|them",
    "i blame",
    "i|we|can|only blame|blamed him|her|them",
    "blamed him|her|them",
    "is|are|was|were|who|who's to blame",
    "thanks to their|his|her",
    "nothing to do with me",
    "on them not|alone",
    "he|she|they|who|team|operations|ops|it|sales|support|vendor|guys|people screwed|"
    "messed up",
    "messed it|this|everything up",
    "botched",
    "bungled",
    "ruined it|everything",
    "wasn't|not on our|my side|end",
    "made me|us look",
    "threw|thrown me|us under",
    "people|somebody|someone like me has|have",
    "left me|us with their|his|her mess",
    "clean up their|his|her|after|behind"};
// What they cannot or will not do.
constexpr string_view kScorn[] = {
    "he|she|they ~ never|not|didn't|doesn't ~ responsibility|ownership",
    "fantasy|dream world",
    "was|were|is|are a joke",

    "they|he|she|management|manager|boss|team|nobody didn't|don't|doesn't|never|not|just "
    "~ care|cared",
    "care|cared less",
    "never|didn't|don't|doesn't|not|couldn't|can't|hadn't|even ~ bother|bothered",
    "obviously|clearly|apparently|evidently ~ not|never|didn't|hadn't|couldn't ~ read|"
    "bothered|tested|looked|checked|cared|thought|understood|tried",
    "never|doesn't|don't|didn't|not|rarely does|do|did|doing his|her|their homework|job|"
    "jobs|work|part",
    "nobody|none|not|never|no ~ knows|know|knew|knowing what they|he|she ~ doing|talking",
    "if they|he|she|management|somebody had ~ done|listened|bothered|cared",
    "asleep|sleeping at|on the wheel|job|watch",
    "they|he|she never|always listen|listened|read|care|cared|learn|learned|test|tested|"
    "tell|told|think|thought",
    "never listens|listened|listen",
    "have|has|had no idea|clue",
    "no clue",
    "have|has|had never once",
    "refused|refuses|refusing to listen|understand|think",
    "didn't|doesn't|don't|not understand anything",
    "wouldn't|couldn't|not recognise|recognize|know ~ if it",
    "couldn't|can't|cannot organise|organize|spell|code|count|lead a|to|his|her|their|if",
    "couldn't|can't|cannot explain|write|read a|one|single line|word|ticket",
    "nobody thinks|bothers",
    "without ~ even ~ opening|reading|looking|testing|asking|thinking|checking|trying",
    "if ~ had any|a spine|sense|brain|clue|backbone",
    "only cares|cared|care|there ~ about|for",
    "for his|her|their commission|bonus|ego|career",
    "too busy ~ playing|drinking|chatting",
    "walk|walks|walked away and",
    "went home and|early",
    "let|lets others|us bleed|suffer"};
// As if one had known.
constexpr string_view kSarcasm[] = {
    "those guys never|have|couldn't|were|can't",
    "as|like you|one|i would|might|could|can ~ expect",
    "left|leaving ~ complete|total|absolute mess|chaos|disaster",
    "some|another genius|hero",
    "sales|marketing|management|finance|they|he|she|operations|legal|support|team|boss|"
    "manager as usual|always|ever",
    "as always they|he|she",
    "useless|forgot|late|wrong|absent as always|usual",
    "typical of|for|them|him|her",
    "mean typical",
    "them|him|her all over",
    "what do|did you expect",
    "surprise surprise",
    "what a surprise",
    "go figure",
    "no wonder they|he|she",
    "frankly nobody|no",
    "nobody missed|misses him|her|them",
    "which is rich",
    "of course they|he|she|nobody ~ not|didn't|forgot|never",
    "god|heaven forbid",
    "their|his|her precious|highness"};
constexpr string_view kOwnFault[] = {
    "i|we messed|screwed|botched|bungled",
    "i had no idea|clue",
    "we had no idea|clue",
    "blameless",
    "without ~ blame|blaming",
    "blamed|blame|blaming myself|ourselves|nobody|anybody|anyone",
    "no blame",
    "not|never ~ blame",
    "nobody|no-one ~ blame|blamed",
    "i was|am|felt|had ~ "
    "sloppy|careless|lazy|stupid|ignorant|useless|arrogant|clueless|dumb|hopeless|foolish",
    "i|i'd been ~ sloppy|careless|lazy|stupid|ignorant|arrogant",
    "my own fault",
    "my ~ fault|mistake",
    "we were ~ sloppy|careless|lazy"};

}  // namespace

std::size_t hedges_in(const Sentence& sentence) { return count_all(sentence, kHedges); }

std::optional<PhraseMatch> hedge_words(const Sentence& sentence) {
    return find_any(sentence, kHedges);
}

std::optional<PhraseMatch> blame_words(const Sentence& sentence) {
    if (has_any(sentence, kOwnFault)) return std::nullopt;
    if (const auto match = find_any(sentence, kInsults)) return match;
    if (const auto match = find_any(sentence, kCalledBad)) return match;
    if (const auto match = find_any(sentence, kFaults)) return match;
    if (const auto match = find_any(sentence, kScorn)) return match;
    return find_any(sentence, kSarcasm);
}

}  // namespace onsite::values
