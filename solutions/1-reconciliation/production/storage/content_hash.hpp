// The hash that names what a file or a list of findings holds: in records, results and plans.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace onsite::reconcile {

// BLAKE3 of 256 bits. A hash that anybody can make collide will not do: whoever writes one of the
// feeds could change it, and the stored record of the old one would be taken for the new one's.
// At 9 GB/s with AVX-512; the command b3sum prints the same.
class ContentHash {
public:
    ContentHash();
    ContentHash(ContentHash&& other) noexcept;
    ContentHash& operator=(ContentHash&& other) noexcept;
    ~ContentHash();

    // Fast for blocks of 16 KiB and more, which are hashed in parallel lanes.
    void add(std::string_view bytes);
    // Of all that was added so far: 64 hexadecimal digits.
    std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Of one text.
std::string content_hash_of(std::string_view bytes);

}  // namespace onsite::reconcile
