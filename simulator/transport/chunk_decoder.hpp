// A body in chunks (RFC 9112, 7.1), from whatever pieces it comes in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace onsite::simulator {

// Of a line that says the size of a chunk, and of all lines behind the last chunk together.
inline constexpr std::size_t kChunkLineBytesMax = 4'096;

// Strict: two readers that understand a body differently are how requests are smuggled. Extensions
// of a chunk and fields behind the last one are read and ignored. Thread safety: none.
class ChunkDecoder {
public:
    enum class State { unfinished, whole, malformed, too_large };

    // A body of more than `bytes_max` is too large.
    explicit ChunkDecoder(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    // Takes what belongs to the body; returns how much of it that was. After any state but
    // `unfinished` it takes nothing. Complexity: O(bytes).
    std::size_t feed(std::string_view bytes);
    State state() const { return state_; }
    std::string& body() { return body_; }

private:
    enum class Part { size, data, data_end, trailer };
    std::size_t take_data(std::string_view bytes);
    void take_byte(char byte);
    void finish_line();
    void finish_size();
    void finish_trailer();

    std::size_t bytes_max_;
    State state_ = State::unfinished;
    Part part_ = Part::size;
    std::string line_;  // So far, of every part but the data.
    std::size_t trailer_bytes_ = 0;
    std::size_t left_ = 0;  // Of the chunk.
    std::string body_;
};

}  // namespace onsite::simulator
