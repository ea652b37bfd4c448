// How the lists of public APIs are paged, by whatever name, however it is spelt: "starting_after",
// "startingAfter" and "page[after]" are words for one thing.
#pragma once

#include <span>
#include <string_view>

#include "harness/documents/openapi.hpp"

namespace onsite {

// Names in small letters, without what is no letter.
inline constexpr std::string_view kCursorNames[] = {
    "startingafter", "cursor",     "after",      "pagetoken",
    "pageafter",     "pagecursor", "nextcursor", "continuationtoken"};
inline constexpr std::string_view kOffsetNames[] = {"offset", "pageoffset", "startindex"};
inline constexpr std::string_view kPageNumberNames[] = {"page", "pageno", "pagenumber",
                                                        "pageindex"};
inline constexpr std::string_view kSkipNames[] = {"skip"};
inline constexpr std::string_view kPageSizeNames[] = {"limit", "pagesize", "perpage", "pagelimit",
                                                      "maxresults"};

// The first query parameter that is called so; null when there is none.
const ApiParameter* query_called(const ApiOperation& operation,
                                 std::span<const std::string_view> names);

// Whether a page says if there is another one: itself, or in an object of its own for that.
bool says_there_is_more(const OpenApi& api, const YamlNode* page);

}  // namespace onsite
