// Advice on "Why Stripe?": short, a fact that is checkable, something of one's own, little praise.
#pragma once

#include <cstddef>
#include <optional>

#include "exercises/5-values/checks/advice.hpp"

namespace onsite::values {

inline constexpr std::size_t kPraiseMax = 2;

std::optional<Advice> why_is_not_tight(const Answer& why);
// No product, document, habit or figure of the company is named.
std::optional<Advice> why_names_no_fact(const Answer& why);
// Nothing that the speaker did or met: a past deed or an own place of work.
std::optional<Advice> why_is_not_about_you(const Answer& why);
// More praise than kPraiseMax words, or praise and not one fact.
std::optional<Advice> why_is_flattery(const Answer& why);

}  // namespace onsite::values
