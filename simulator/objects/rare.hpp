// What few objects of a kind have: a shipping address, an error.
#pragma once

#include <memory>
#include <utility>

namespace onsite::simulator {

// A value that is kept beside its owner, and only once it was set: an object without it is larger
// by a pointer, not by the value. Copies are deep. Thread safety: none.
template <typename T>
class Rare {
public:
    Rare() = default;
    Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
    Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
    Rare(Rare&&) noexcept = default;
    Rare& operator=(Rare other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }

    // Whether it was set.
    explicit operator bool() const { return value_ != nullptr; }
    // T() when it was not.
    const T& operator*() const {
        static const T kUnset = {};
        return value_ ? *value_ : kUnset;
    }
    const T* operator->() const { return &**this; }
    // To change it; sets it to T() first when it was not set.
    T& edit() {
        if (!value_) value_ = std::make_unique<T>();
        return *value_;
    }
    void reset() { value_.reset(); }

private:
    std::unique_ptr<T> value_;
};

}  // namespace onsite::simulator
