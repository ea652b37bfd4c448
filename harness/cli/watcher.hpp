// Tells of saves in a folder and of Ctrl-C, on one descriptor that can be polled.
#pragma once

#include <filesystem>
#include <memory>
#include <utility>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace onsite {

// SIGINT and SIGTERM arrive on a descriptor instead of ending the process, so that a command can
// finish what it is writing. One object per process; earlier signals are not lost.
class Interrupts {
public:
    Interrupts();
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

    int descriptor() const { return descriptor_.get(); }
    bool has_come();  // Remembers.

private:
    Descriptor descriptor_;
    bool has_come_ = false;
};

// Every way in which an editor saves (write, rename over, delete and create) makes the descriptor
// readable. What changed is found out by hashing, not from the events.
class FolderWatcher {
public:
    // Errors: tool, when the kernel gives no watch (it says how to raise the limit).
    static Result<std::unique_ptr<FolderWatcher>> open(const std::filesystem::path& folder,
                                                       const Interrupts& interrupts);

    // Readable on a save and on an interrupt.
    int descriptor() const { return both_.get(); }
    static constexpr int kForEver = -1;
    void wait(int ms_max = kForEver);
    void forget_events();  // What happened so far has been looked at.

private:
    FolderWatcher(Descriptor notify, Descriptor both)
        : notify_(std::move(notify)), both_(std::move(both)) {}
    Descriptor notify_;
    Descriptor both_;
};

}  // namespace onsite
