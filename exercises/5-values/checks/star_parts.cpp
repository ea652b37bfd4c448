#include "exercises/5-values/checks/star_parts.hpp"

#include <numeric>
#include <string>
#include <string_view>

#include "exercises/5-values/checks/action.hpp"
#include "exercises/5-values/checks/learning.hpp"
#include "exercises/5-values/checks/mood.hpp"
#include "exercises/5-values/checks/numbers.hpp"
#include "exercises/5-values/checks/scene.hpp"
#include "exercises/5-values/checks/star_cues.hpp"
#include "exercises/5-values/checks/verbs.hpp"
#include "exercises/5-values/checks/word_list.hpp"

namespace onsite::values {
namespace {

// Behind this share of the story a number tells its end, and a job that is named is a part of the
// action.
constexpr std::size_t kEarlyPercentMax = 50;
// Behind this share it draws to its end: what others did then is how it ended, what I do is what
// stayed.
constexpr std::size_t kEndPercentMin = 60;

// Begin a sentence about the speaker, which is no end that others see; notes leave out the "I".
constexpr std::string_view kMine[] = {"my", "our", "knew", "thought", "felt", "wanted", "hoped"};
// "They have never asked" tells what still is.
constexpr std::string_view kPerfect[] = {"has|have|haven't|hasn't"};

bool is_number_of_an_end(const Sentence& sentence) { return measure_in(sentence).has_baseline; }

// Reads the sentences in order and remembers where in the story it is.
class Storyline {
public:
    explicit Storyline(const Answer& answer) : answer_(answer), words_(answer.words()) {
        for (std::size_t i = 0; i < answer.sentences.size(); ++i) {
            if (is_deed_of_a_story(answer.sentences[i])) last_deed_ = i;
        }
    }

    StarParts read() {
        for (std::size_t i = 0; i < answer_.sentences.size(); ++i) {
            const Sentence& sentence = answer_.sentences[i];
            const auto named = answer_.named_parts[i];
            const Part part = named ? *named : guess(i);
            parts_.of_sentence.push_back(part);
            parts_.words[static_cast<std::size_t>(part)] += sentence.words.size();
            speak(part, i);
            if (!named) {
                hear_other_parts(sentence, i);
            } else if (*named == Part::result && is_learning(sentence)) {
                speak(Part::learning, i);
            }
            before_ = part;
            if (is_deed_of_a_story(sentence)) ++deeds_;
            words_read_ += sentence.words.size();
        }
        return std::move(parts_);
    }

private:
    static bool is_deed_of_a_story(const Sentence& sentence) {
        return deed_in(sentence) && !hypothetical_words(sentence);
    }

    bool has(Part part) const { return parts_.has(part); }

    void speak(Part part, std::size_t sentence) {
        auto& first = parts_.first[static_cast<std::size_t>(part)];
        const bool is_named = answer_.named_parts[sentence].has_value();
        if (!first && (is_named || is_spoken_for(part, answer_.sentences[sentence]))) {
            first = sentence;
        }
    }

    // A habit or an opinion sets no scene.
    static bool is_spoken_for(Part part, const Sentence& sentence) {
        if (part != Part::situation) return true;
        return !hypothetical_words(sentence) &&
               (is_about_the_past(sentence) || anchor_words(sentence));
    }

    // A sentence may speak for a part that it does not belong to.
    void hear_other_parts(const Sentence& sentence, std::size_t i) {
        if (is_before_the_end() && task_words(sentence)) speak(Part::task, i);
        if (!has(Part::action) || is_early()) speak_for_the_scene(sentence, i);
        if (is_learning(sentence) || is_what_stayed(i)) speak(Part::learning, i);
        if (!hypothetical_words(sentence) && deeds_ > 0 && has(Part::action) &&
            i > *parts_.first[static_cast<std::size_t>(Part::action)] &&
            (is_result_for_sure(sentence) || is_end_by_others(sentence) ||
             (!is_early() && is_number_of_an_end(sentence)))) {
            speak(Part::result, i);
        }
    }

    // "I flew cargo then. In 2012 at Leipzig I was asked to ..."
    void speak_for_the_scene(const Sentence& sentence, std::size_t i) {
        if (is_about_the_past(sentence) && anchor_words(sentence)) speak(Part::situation, i);
    }

    bool is_before_the_end() const { return is_early() || !has(Part::action); }
    bool is_early() const { return words_read_ * 100 <= words_ * kEarlyPercentMax; }

    // Habits in a row of habits are no lesson: only a story has one.
    bool is_what_stayed(std::size_t i) const {
        if (deeds_ == 0) return false;
        const bool is_last = i + 1 == answer_.sentences.size();
        const Place place = is_last                                ? Place::last
                            : is_near_the_end() && i >= last_deed_ ? Place::near_the_end
                                                                   : Place::before_the_end;
        return tells_what_stayed(answer_.sentences[i], place);
    }
    bool is_near_the_end() const { return words_read_ * 100 >= words_ * kEndPercentMin; }

    Part guess(std::size_t i) const {
        const Sentence& sentence = answer_.sentences[i];
        if (is_learning(sentence) && (has(Part::action) || !is_early())) return Part::learning;
        if (is_what_stayed(i)) return Part::learning;
        const auto deed = deed_in(sentence);
        const bool is_first = words_read_ == 0;
        if (is_first && !hypothetical_words(sentence) && (!deed || anchor_words(sentence))) {
            return Part::situation;
        }
        if (is_result(sentence, deed)) return Part::result;
        if (i > last_deed_ && is_end_by_others(sentence)) return Part::result;
        if (!has(Part::action) && task_words(sentence) && !(deed && has(Part::task))) {
            return Part::task;
        }
        if (deed || is_habit_of_mine(sentence)) return Part::action;
        return before_;
    }

    bool is_result(const Sentence& sentence, const std::optional<Deed>& deed) const {
        if (hypothetical_words(sentence)) return false;
        const bool is_past = is_about_the_past(sentence);
        if (is_result_for_sure(sentence) && (is_past || deeds_ > 0)) {
            return has(Part::action) || !is_early();
        }
        const bool is_end = is_near_the_end() && is_past;
        // Things happen in a story without a hero, too.
        if (deeds_ == 0) return is_end && !has(Part::action) && tells_how_it_was(sentence);
        if (!has(Part::action)) return false;
        if (is_number_of_an_end(sentence) && !is_early()) return true;
        // "I stopped the job" is a deed; "the calls stopped" is an end.
        if (deed) return is_near_the_end() && tells_an_ending(sentence);
        if (is_one_of(kMine, sentence.words.front().text)) return false;
        return result_words(sentence) || (!is_early() && measure_in(sentence).is_measured);
    }

    // What others did near the end is how it ended, unless the speaker goes on.
    bool is_end_by_others(const Sentence& sentence) const {
        const std::string& first = sentence.words.front().text;
        const bool is_mine = first == "i" || first == "we" || is_one_of(kMine, first);
        return deeds_ > 0 && is_near_the_end() && !is_mine && !deed_in(sentence) &&
               is_about_the_past(sentence) && !hypothetical_words(sentence) &&
               !has_any(sentence, kPerfect);
    }

    static bool tells_how_it_was(const Sentence& sentence) {
        return result_words(sentence) || measure_in(sentence).is_measured;
    }

    static bool is_habit_of_mine(const Sentence& sentence) {
        const Pronouns pronouns = pronouns_in(sentence);
        return hypothetical_words(sentence) && !describes_oneself(sentence) &&
               pronouns.i + pronouns.we > 0;
    }

    const Answer& answer_;
    std::size_t words_;
    std::size_t words_read_ = 0;
    std::size_t deeds_ = 0;
    std::size_t last_deed_ = 0;
    Part before_ = Part::situation;
    StarParts parts_;
};

}  // namespace

int StarParts::percent(Part part) const {
    const std::size_t all = std::accumulate(words.begin(), words.end(), std::size_t{0});
    return all == 0 ? 0 : static_cast<int>(words[static_cast<std::size_t>(part)] * 100 / all);
}

StarParts star_parts(const Answer& answer) { return Storyline(answer).read(); }

}  // namespace onsite::values
