#include "simulator/session/typed_card.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

constexpr std::string_view kUsualCard = "4242424242424242";
constexpr std::size_t kEmailLengthMax = 512;
constexpr std::size_t kNameLengthMax = 256;

std::int64_t next_year(const World& world) {
    const std::chrono::sys_seconds now{std::chrono::seconds(world.timeline.now_s())};
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(now)};
    return int{date.year()} + 1;
}

}  // namespace

std::string card_field() {
    return fmt::format(
        "<p><label>Card <input name=\"card\" value=\"{}\"></label> "
        "<small>a test card's number, or a name like pm_card_visa</small></p>",
        kUsualCard);
}

TypedCard read_typed_card(ParamReader& form, const World& world) {
    TypedCard typed;
    typed.card = form.set_text("card").value_or(kUsualCard);
    typed.input = {.number = typed.card,
                   .exp_month = form.integer("exp_month").value_or(12),
                   .exp_year = form.integer("exp_year").value_or(next_year(world)),
                   .cvc = std::string(form.text("cvc").value_or("123"))};
    typed.email = form.text("email", kEmailLengthMax).value_or("");
    typed.name = form.text("name", kNameLengthMax).value_or("");
    return typed;
}

std::expected<MethodChoice, ApiError> choose_typed(World& world, const TypedCard& typed) {
    if (typed.card.starts_with("pm_")) return choose_method(world, typed.card, "card");
    MethodInput input{.card = typed.input};
    input.billing_details.edit().email = typed.email;
    input.billing_details.edit().name = typed.name;
    return choose_method(world, std::move(input), "card");
}

}  // namespace onsite::simulator
