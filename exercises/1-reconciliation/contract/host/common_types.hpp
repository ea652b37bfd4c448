// The containers that most answers use, compiled once and not at every save. It is a part of the
// precompiled contract of quick builds; common_types.cpp has what it promises. An answer that uses
// other containers compiles them itself, as ever.
#pragma once

#include "exercises/1-reconciliation/contract/reconcile.hpp"

// A list for the preprocessor, because the same words have to be said with and without `extern`.
#define ONSITE_FOR_EACH_COMMON_TYPE(SAY)                                                  \
    SAY(std::basic_string<char>)                                                          \
    SAY(std::vector<std::string>)                                                         \
    SAY(std::vector<std::size_t>)                                                         \
    SAY(std::vector<bool>)                                                                \
    SAY(std::vector<onsite::reconciliation::Transaction>)                                 \
    SAY(std::vector<onsite::reconciliation::Unmatched>)                                   \
    SAY(std::vector<onsite::reconciliation::Discrepancy>)                                 \
    SAY(std::vector<onsite::reconciliation::Rejected>)                                    \
    SAY(std::unordered_map<std::string, onsite::reconciliation::Transaction>)             \
    SAY(std::unordered_map<std::string, const onsite::reconciliation::Transaction*>)      \
    SAY(std::unordered_map<std::string, std::size_t>)                                     \
    SAY(std::unordered_map<std::string_view, const onsite::reconciliation::Transaction*>) \
    SAY(std::unordered_map<std::string_view, std::size_t>)                                \
    SAY(std::unordered_set<std::string>)                                                  \
    SAY(std::unordered_set<std::string_view>)                                             \
    SAY(std::map<std::string, onsite::reconciliation::Transaction>)

#define ONSITE_SAY_THAT_IT_IS_COMPILED(...) extern template class __VA_ARGS__;
ONSITE_FOR_EACH_COMMON_TYPE(ONSITE_SAY_THAT_IT_IS_COMPILED)
#undef ONSITE_SAY_THAT_IT_IS_COMPILED
