// Reads only the id of a reply, and finds out whether the rest is JSON. Used inside this room only.
#pragma once

#include <string>
#include <string_view>

namespace onsite {

struct ReplyId {
    std::string problem;  // Not empty: why the line is no reply at all.
    std::string id;
};

// Complexity: O(n) time; no tree of the reply is built, which may have a hundred megabytes.
ReplyId read_reply_id(std::string_view line);

}  // namespace onsite
