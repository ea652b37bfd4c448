#include "exercises/5-values/checks/star_parts.hpp"

#include <numeric>

#include "exercises/5-values/checks/action.hpp"
#include "exercises/5-values/checks/mood.hpp"
#include "exercises/5-values/checks/numbers.hpp"
#include "exercises/5-values/checks/scene.hpp"
#include "exercises/5-values/checks/star_cues.hpp"

namespace onsite::values {
namespace {

// Behind this share of the story a number tells its end, and a job that is named is a part of the
// action.
constexpr std::size_t kEarlyPercentMax = 50;

bool is_number_of_an_end(const Sentence& sentence) { return measure_in(sentence).has_baseline; }

// Reads the sentences in order and remembers where in the story it is.
class Storyline {
public:
    explicit Storyline(const Answer& answer) : answer_(answer), words_(answer.words()) {}

    StarParts read() {
        for (std::size_t i = 0; i < answer_.sentences.size(); ++i) {
            const Sentence& sentence = answer_.sentences[i];
            const auto named = answer_.named_parts[i];
            const Part part = named ? *named : guess(sentence);
            parts_.of_sentence.push_back(part);
            parts_.words[static_cast<std::size_t>(part)] += sentence.words.size();
            speak(part, i);
            if (!named) hear_other_parts(sentence, i);
            before_ = part;
            words_read_ += sentence.words.size();
        }
        return std::move(parts_);
    }

private:
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
        if (is_learning(sentence)) speak(Part::learning, i);
        if (has(Part::action) && i > *parts_.first[static_cast<std::size_t>(Part::action)] &&
            (is_result_for_sure(sentence) || (!is_early() && is_number_of_an_end(sentence)))) {
            speak(Part::result, i);
        }
    }

    bool is_before_the_end() const { return is_early() || !has(Part::action); }
    bool is_early() const { return words_read_ * 100 <= words_ * kEarlyPercentMax; }

    Part guess(const Sentence& sentence) const {
        if (is_learning(sentence) && (has(Part::action) || !is_early())) return Part::learning;
        const auto deed = deed_in(sentence);
        const bool is_first = words_read_ == 0;
        if (is_first && !hypothetical_words(sentence) && (!deed || anchor_words(sentence))) {
            return Part::situation;
        }
        if (is_result(sentence, deed)) return Part::result;
        if (!has(Part::action) && task_words(sentence)) return Part::task;
        if (deed || is_habit_of_mine(sentence)) return Part::action;
        return before_;
    }

    bool is_result(const Sentence& sentence, const std::optional<Deed>& deed) const {
        if (is_result_for_sure(sentence)) return has(Part::action) || !is_early();
        if (!has(Part::action)) return false;
        if (is_number_of_an_end(sentence) && !is_early()) return true;
        // "I stopped the job" is a deed; "the calls stopped" is an end.
        if (deed) return false;
        return result_words(sentence) || (!is_early() && measure_in(sentence).is_measured);
    }

    static bool is_habit_of_mine(const Sentence& sentence) {
        const Pronouns pronouns = pronouns_in(sentence);
        return hypothetical_words(sentence) && !describes_oneself(sentence) &&
               pronouns.i + pronouns.we > 0;
    }

    const Answer& answer_;
    std::size_t words_;
    std::size_t words_read_ = 0;
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
