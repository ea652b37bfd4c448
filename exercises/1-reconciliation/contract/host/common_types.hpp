// What most answers use of the standard library, compiled once and not at every save. It is a part
// of the precompiled contract of quick builds; common_types.cpp has what it promises. An answer
// that uses other containers compiles them itself, as ever.
//
// The compiler still reads an inline function at every save, but makes no code for it, nor for what
// only that function calls. So what counts is what answers call themselves, and what `extern
// template class` leaves out: member templates, and the bases of vectors and hash tables, which are
// named here as libstdc++ names them.
#pragma once

#include "exercises/1-reconciliation/contract/reconcile.hpp"

// Lists for the preprocessor, because the same words have to be said with and without `extern`.
#define ONSITE_VECTOR(SAY, T)                                         \
    SAY(class std::vector<T>)                                         \
    SAY(struct std::_Vector_base<T, std::allocator<T>>)               \
    SAY(class std::allocator<T>)                                      \
    SAY(class __gnu_cxx::__normal_iterator<T*, std::vector<T>>)       \
    SAY(class __gnu_cxx::__normal_iterator<const T*, std::vector<T>>) \
    SAY(T& std::vector<T>::emplace_back<T>(T &&))                     \
    SAY(void std::vector<T>::_M_realloc_insert<T>(iterator, T &&))    \
    SAY(void std::vector<T>::_M_realloc_insert<const T&>(iterator, const T&))

#define ONSITE_HASH_TABLE(SAY, KEY, SELECT, IS_SET, ...)                                           \
    SAY(class std::_Hashtable<                                                                     \
        KEY, __VA_ARGS__, std::allocator<__VA_ARGS__>, SELECT, std::equal_to<KEY>, std::hash<KEY>, \
        std::__detail::_Mod_range_hashing, std::__detail::_Default_ranged_hash,                    \
        std::__detail::_Prime_rehash_policy,                                                       \
        std::__detail::_Hashtable_traits<true, IS_SET, true>>)

#define ONSITE_HASH_MAP(SAY, KEY, T)      \
    SAY(class std::unordered_map<KEY, T>) \
    ONSITE_HASH_TABLE(SAY, KEY, std::__detail::_Select1st, false, std::pair<const KEY, T>)

#define ONSITE_HASH_SET(SAY, KEY)      \
    SAY(class std::unordered_set<KEY>) \
    ONSITE_HASH_TABLE(SAY, KEY, std::__detail::_Identity, true, KEY)

#define ONSITE_FOR_EACH_COMMON_TYPE(SAY)                                               \
    SAY(class std::basic_string<char>)                                                 \
    SAY(class std::basic_string_view<char>)                                            \
    SAY(class std::vector<bool>)                                                       \
    ONSITE_VECTOR(SAY, std::string)                                                    \
    ONSITE_VECTOR(SAY, std::size_t)                                                    \
    ONSITE_VECTOR(SAY, onsite::reconciliation::Transaction)                            \
    ONSITE_VECTOR(SAY, onsite::reconciliation::Unmatched)                              \
    ONSITE_VECTOR(SAY, onsite::reconciliation::Discrepancy)                            \
    ONSITE_VECTOR(SAY, onsite::reconciliation::Rejected)                               \
    ONSITE_HASH_MAP(SAY, std::string, onsite::reconciliation::Transaction)             \
    ONSITE_HASH_MAP(SAY, std::string, const onsite::reconciliation::Transaction*)      \
    ONSITE_HASH_MAP(SAY, std::string, std::size_t)                                     \
    ONSITE_HASH_MAP(SAY, std::string_view, const onsite::reconciliation::Transaction*) \
    ONSITE_HASH_MAP(SAY, std::string_view, std::size_t)                                \
    ONSITE_HASH_SET(SAY, std::string)                                                  \
    ONSITE_HASH_SET(SAY, std::string_view)                                             \
    SAY(class std::map<std::string, onsite::reconciliation::Transaction>)              \
    SAY(class std::optional<onsite::reconciliation::Reconciliation>)

#define ONSITE_SAY_THAT_IT_IS_COMPILED(...) extern template __VA_ARGS__;
ONSITE_FOR_EACH_COMMON_TYPE(ONSITE_SAY_THAT_IT_IS_COMPILED)
#undef ONSITE_SAY_THAT_IT_IS_COMPILED
