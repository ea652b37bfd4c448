#include "harness/documents/reading.hpp"

#include <utility>

namespace onsite {
namespace {

bool can_be_in_code(const TrickFound& found) {
    return found.trick == Trick::talks_to_the_grader || found.trick == Trick::unseen_characters ||
           found.trick == Trick::copied_reference;
}

}  // namespace

Reading read_for_judging(Markdown written, const Markdown* model_answer,
                         std::span<const std::string_view> keywords, Form form) {
    auto tricks =
        find_trickery({.document = written, .model_answer = model_answer, .keywords = keywords});
    if (form == Form::code) {
        std::erase_if(tricks, [](const TrickFound& one) { return !can_be_in_code(one); });
    }
    Markdown judged = without_trickery(written, tricks);
    return {
        .written = std::move(written), .tricks = std::move(tricks), .judged = std::move(judged)};
}

}  // namespace onsite
