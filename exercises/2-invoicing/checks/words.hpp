// Small questions about text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace onsite::invoicing {

// The lines without their ends, "\r\n" included; no line after the last end. There is always a
// first one.
std::vector<std::string_view> lines_of(std::string_view text);

// Of a word: a letter or a digit of any alphabet.
bool is_in_a_word(char letter);

// The parts between separators: "a_b" -> "a", "b".
std::vector<std::string_view> split(std::string_view text, char separator);

// How many runs of letters and digits there are.
int count_words(std::string_view text);

// Whether a column or a property of that name holds an amount of money: "amount_due", "total",
// "subtotal"; "paid_at", "tax_rate" and "due_date" do not.
bool is_money_name(std::string_view name);

// Whether what is called so may well have a fraction: "tax_rate", "quantity", "percent_off".
bool is_measure_name(std::string_view name);

}  // namespace onsite::invoicing
