// A part of an object that most do without, or that has the same value in several.
#pragma once

#include <memory>
#include <utility>

namespace onsite::simulator {

// A value that copies share until one of them is changed. Before it is set it takes no more than
// its pointer, so it is also for what few objects have: a shipping address, an error.
// Thread safety: copies of one value may not be used by several threads.
template <typename T>
class Shared {
public:
    Shared() = default;
    Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

    // Whether it was set.
    explicit operator bool() const { return value_ != nullptr; }
    // T() when it was not.
    const T& operator*() const {
        static const T kUnset = {};
        return value_ ? *value_ : kUnset;
    }
    const T* operator->() const { return &**this; }
    // To change it, here and in no copy. Sets it to T() first when it was not set.
    T& edit() {
        if (!value_ || value_.use_count() > 1) value_ = std::make_shared<T>(**this);
        return *value_;
    }
    void reset() { value_.reset(); }

private:
    std::shared_ptr<T> value_;
};

}  // namespace onsite::simulator
