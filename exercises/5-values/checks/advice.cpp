#include "exercises/5-values/checks/advice.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "exercises/5-values/checks/action.hpp"
#include "exercises/5-values/checks/length.hpp"
#include "exercises/5-values/checks/mood.hpp"
#include "exercises/5-values/checks/numbers.hpp"
#include "exercises/5-values/checks/scene.hpp"
#include "exercises/5-values/checks/tone.hpp"
#include "exercises/5-values/checks/trade_off.hpp"
#include "exercises/5-values/checks/verbs.hpp"

namespace onsite::values {
namespace {

using FindWords = std::optional<PhraseMatch> (*)(const Sentence&);

// The first words that `find` sees in any sentence of the answer.
std::optional<Span> first_place(const Answer& answer, FindWords find) {
    for (const Sentence& sentence : answer.sentences) {
        if (const auto match = find(sentence)) return place_of(sentence, *match);
    }
    return std::nullopt;
}

Span place_of_sentence(const Sentence& sentence) {
    return place_of(sentence, {.first = 0, .words = sentence.words.size()});
}

// Calls `visit` with each sentence of a part.
void each_of(const Story& story, Part part, const std::function<void(const Sentence&)>& visit) {
    for (std::size_t i = 0; i < story.answer.sentences.size(); ++i) {
        if (story.parts.of_sentence[i] == part) visit(story.answer.sentences[i]);
    }
}

// The first sentence that speaks for a part; REQUIRES: has(part).
Span place_of_part(const Story& story, Part part) {
    const auto first = *story.parts.first[static_cast<std::size_t>(part)];
    return place_of_sentence(story.answer.sentences[first]);
}

// What is measured in the result: the sentences of that part, and the one that speaks for it.
Measure result_measure(const Story& story) {
    Measure all;
    const auto first = story.parts.first[static_cast<std::size_t>(Part::result)];
    bool was_measured = false;
    for (std::size_t i = 0; i < story.answer.sentences.size(); ++i) {
        const Part part = story.parts.of_sentence[i];
        if (part != Part::result && part != Part::learning && i != first) continue;
        const Measure measure = measure_in(story.answer.sentences[i]);
        // "He read eleven words a minute. In June it was seventy."
        const bool goes_on = was_measured && measure.has_bare_number;
        was_measured = measure.is_measured;
        all.is_measured |= measure.is_measured;
        all.has_baseline |= measure.has_baseline || goes_on;
    }
    return all;
}

// How much of an answer happened.
struct Mood {
    std::size_t deeds = 0;  // Sentences with one.
    std::size_t hypothetical_percent = 0;
    std::size_t past_percent = 0;  // Of the sentences.
    Span place;                    // The first words that are a habit or an intention.
};

Mood mood_of(const Answer& answer) {
    Mood mood;
    std::size_t hypothetical_words_sum = 0;
    for (const Sentence& sentence : answer.sentences) {
        const auto match = hypothetical_words(sentence);
        if (match && mood.place.line == 0) mood.place = place_of(sentence, *match);
        if (match) hypothetical_words_sum += sentence.words.size();
        if (!match && deed_in(sentence)) ++mood.deeds;
        if (!match && is_about_the_past(sentence)) ++mood.past_percent;
    }
    const std::size_t words = std::max<std::size_t>(answer.words(), 1);
    mood.hypothetical_percent = hypothetical_words_sum * 100 / words;
    mood.past_percent = mood.past_percent * 100 / std::max<std::size_t>(answer.sentences.size(), 1);
    return mood;
}

}  // namespace

Story story_of(const Answer& answer) { return {answer, star_parts(answer)}; }

std::string shares_of(const Story& story) {
    std::string shares;
    for (const Part part :
         {Part::situation, Part::task, Part::action, Part::result, Part::learning}) {
        shares += fmt::format("{}{} {} %", shares.empty() ? "" : ", ", to_string(part),
                              story.parts.percent(part));
    }
    return shares;
}

std::optional<Advice> lacks_a_beginning(const Story& story) {
    std::string missing;
    for (const Part part : {Part::situation, Part::task, Part::action}) {
        if (story.parts.has(part)) continue;
        missing += (missing.empty() ? "" : ", ") + std::string(to_string(part));
    }
    if (missing.empty()) return std::nullopt;
    return Advice{{},
                  fmt::format("no {}: say where it was, what your job was, what you did", missing)};
}

std::optional<Advice> lacks_a_result(const Story& story) {
    if (story.parts.has(Part::result)) return std::nullopt;
    return Advice{{}, "no result: say how it ended, also when it ended badly"};
}

std::optional<Advice> has_little_action(const Story& story) {
    const int percent = story.parts.percent(Part::action);
    if (percent >= kActionPercentMin) return std::nullopt;
    if (!story.parts.has(Part::action)) {
        return Advice{{},
                      fmt::format("no action, expected at least {} % of the words: say what you "
                                  "did, step by step",
                                  kActionPercentMin)};
    }
    const Span place = place_of_part(story, Part::action);
    return Advice{place, fmt::format("the action begins here and is {} % of the words, expected "
                                     "at least {}: shorten what comes before and after",
                                     percent, kActionPercentMin)};
}

std::optional<Advice> says_we_for_i(const Story& story) {
    Pronouns pronouns;
    std::size_t deeds = 0;
    Span place;
    each_of(story, Part::action, [&](const Sentence& sentence) {
        const Pronouns here = pronouns_in(sentence);
        pronouns.i += here.i;
        pronouns.we += here.we;
        if (here.we > 0 && place.line == 0) {
            constexpr std::string_view kWe[] = {"we", "we'd", "we've", "we're", "we'll"};
            place = place_of(sentence, *find_any(sentence, kWe));
        }
        const auto deed = deed_in(sentence);
        if (deed && deed->doer == Doer::i) ++deeds;
    });
    if (pronouns.we <= std::max(pronouns.i, deeds)) return std::nullopt;
    const auto times = [](std::size_t count) {
        return count == 1 ? "once" : fmt::format("{} times", count);
    };
    return Advice{place, fmt::format("\"we\" {} and \"I\" {} in the action: say what you did "
                                     "yourself",
                                     times(pronouns.we), times(pronouns.i))};
}

std::optional<Advice> is_no_story(const Story& story) {
    const Mood mood = mood_of(story.answer);
    if (mood.deeds < kDeedsMin) {
        return Advice{mood.place, fmt::format("found {} things that were done once and in the "
                                              "past, expected {} or more: tell what happened",
                                              mood.deeds, kDeedsMin)};
    }
    if (!is_pseudo_story(story)) return std::nullopt;
    return Advice{mood.place, fmt::format("{} % of the words are habits or intentions: tell what "
                                          "you did that time",
                                          mood.hypothetical_percent)};
}

bool is_pseudo_story(const Story& story) {
    const Mood mood = mood_of(story.answer);
    if (mood.hypothetical_percent > kHypotheticalPercentMax) return true;
    return mood.deeds == 0 && mood.past_percent < kPastPercentMin;
}

std::optional<Advice> is_nowhere(const Story& story) {
    for (const Sentence& sentence : story.answer.sentences) {
        if (!hypothetical_words(sentence) && anchor_words(sentence)) return std::nullopt;
    }
    return Advice{{}, "no time and no place: say when it was, and where"};
}

std::optional<Advice> has_no_number(const Story& story) {
    if (!story.parts.has(Part::result)) return Advice{{}, "no result, and so nothing measured"};
    if (result_measure(story).is_measured) return std::nullopt;
    return Advice{place_of_part(story, Part::result),
                  "a result without a number: how many, how much, how long?"};
}

std::optional<Advice> has_no_baseline(const Story& story) {
    const Measure measure = result_measure(story);
    if (measure.has_baseline) return std::nullopt;
    if (!measure.is_measured) return Advice{{}, "no number in the result, and so no baseline"};
    return Advice{place_of_part(story, Part::result),
                  "a number without a baseline: what was it before, or out of how many?"};
}

std::optional<Advice> names_no_trade_off(const Story& story) {
    // "When I disagree, I listen" names none that there was.
    const auto first_deed = story.parts.first[static_cast<std::size_t>(Part::action)];
    for (std::size_t i = 0; i < story.answer.sentences.size(); ++i) {
        const Sentence& sentence = story.answer.sentences[i];
        const bool is_behind_a_deed = first_deed && i >= *first_deed;
        if (trade_off_words(sentence, is_behind_a_deed) && !hypothetical_words(sentence)) {
            return std::nullopt;
        }
    }
    return Advice{{}, "no trade-off and no other opinion: say what it cost, or who disagreed"};
}

std::optional<Advice> names_no_learning(const Story& story) {
    if (story.parts.has(Part::learning)) return std::nullopt;
    return Advice{{}, "no learning: end with what you do differently since then"};
}

std::optional<Advice> hedges(const Story& story) {
    std::size_t count = 0;
    for (const Sentence& sentence : story.answer.sentences) count += hedges_in(sentence);
    if (count <= std::max(kHedgesMax, story.answer.words() / kWordsPerHedge)) return std::nullopt;
    return Advice{*first_place(story.answer, hedge_words),
                  fmt::format("the first of {} words that take back what you say", count)};
}

std::optional<Advice> blames(const Story& story) {
    const auto place = first_place(story.answer, blame_words);
    if (!place) return std::nullopt;
    return Advice{*place, "sounds like blame: say what the system allowed, and what you changed"};
}

std::optional<Advice> takes_too_long(const Story& story) {
    const int seconds = spoken_seconds(story.answer);
    if (seconds >= kStorySecondsMin && seconds <= kStorySecondsMax) return std::nullopt;
    return Advice{{},
                  fmt::format("takes about {} seconds to say, expected {} to {}", seconds,
                              kStorySecondsMin, kStorySecondsMax)};
}

}  // namespace onsite::values
