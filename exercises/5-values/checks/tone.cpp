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
constexpr string_view kBlame[] = {"his fault",
                                  "her fault",
                                  "their fault",
                                  "was at fault",
                                  "were at fault",
                                  "the fault of",
                                  "because of him",
                                  "because of her",
                                  "because of them",
                                  "incompetent*",
                                  "lazy",
                                  "stupid",
                                  "idiot*",
                                  "careless*",
                                  "sloppy",
                                  "didn't bother",
                                  "did not bother",
                                  "never bothered",
                                  "clueless",
                                  "useless",
                                  "never listens",
                                  "never listened",
                                  "had no idea",
                                  "has no idea",
                                  "no clue",
                                  "screwed up",
                                  "messed up",
                                  "made me look",
                                  "refused to listen",
                                  "unprofessional",
                                  "ignorant",
                                  "arrogant",
                                  "not my fault",
                                  "wasn't my fault",
                                  "was not my fault",
                                  "i blame",
                                  "blame him",
                                  "blame her",
                                  "blame them",
                                  "to blame",
                                  "didn't understand anything",
                                  "couldn't be bothered",
                                  "bad manager",
                                  "terrible manager",
                                  "bad code from",
                                  "they never",
                                  "as always they",
                                  "didn't do their job",
                                  "did not do their job",
                                  "forgot as always",
                                  "typical of"};
constexpr string_view kOwnFault[] = {
    "i messed up",    "i screwed up",       "i had no idea", "blameless",    "without blame",
    "blamed myself",  "no blame",           "not to blame",  "i was sloppy", "i was careless",
    "blaming nobody", "without blaming",    "my own fault",  "blame myself", "i was lazy",
    "not blame",      "i had been careless"};

}  // namespace

std::size_t hedges_in(const Sentence& sentence) { return count_all(sentence, kHedges); }

std::optional<PhraseMatch> hedge_words(const Sentence& sentence) {
    return find_any(sentence, kHedges);
}

std::optional<PhraseMatch> blame_words(const Sentence& sentence) {
    return has_any(sentence, kOwnFault) ? std::nullopt : find_any(sentence, kBlame);
}

}  // namespace onsite::values
