// What a task tells the next one, as bytes in the machine's own order: a run's machines are of one
// kind.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace onsite::reconcile {

class BytesWriter {
public:
    template <typename T>
    requires std::is_arithmetic_v<T>
    void put(T value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void put(std::string_view text) {
        put(std::uint64_t{text.size()});
        bytes += text;
    }
    std::string bytes;
};

// Gives zeros from the first problem on; ask is_good() at the end.
class BytesReader {
public:
    explicit BytesReader(std::string_view bytes) : bytes_(bytes) {}
    template <typename T>
    requires std::is_arithmetic_v<T> T get() {
        T value = {};
        if (!has(sizeof value)) return value;
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        return value;
    }
    std::string text() {
        const auto size = get<std::uint64_t>();
        if (!has(size)) return {};
        std::string out(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        return out;
    }
    bool is_good() const { return !is_bad_; }
    bool is_at_end() const { return bytes_.empty() || is_bad_; }

private:
    bool has(std::uint64_t size) {
        is_bad_ = is_bad_ || bytes_.size() < size;
        return !is_bad_;
    }
    std::string_view bytes_;
    bool is_bad_ = false;
};

}  // namespace onsite::reconcile
