// expect: wrong_answer or crash - traces and patches who grades it.
// It sees no process outside its box, and the calls for it are refused.
#include "contract/reconcile.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <signal.h>
#include <string>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

void try_process(pid_t process) {
    char block[64] = {};
    iovec here{block, sizeof block};
    iovec there{reinterpret_cast<void*>(0x400000), sizeof block};
    process_vm_writev(process, &here, 1, &there, 1, 0);
    const int memory = open(("/proc/" + std::to_string(process) + "/mem").c_str(), O_RDWR);
    if (memory >= 0) close(memory);
    if (ptrace(PTRACE_ATTACH, process, nullptr, nullptr) == 0) {
        ptrace(PTRACE_DETACH, process, nullptr, nullptr);
    }
}

void attack() {
    static bool is_done = false;
    if (is_done) return;
    is_done = true;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const int process = std::atoi(entry.path().filename().c_str());
        if (process > 0 && process != getpid()) try_process(process);
    }
    try_process(getppid());
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    attack();
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    attack();
    return {};
}

}  // namespace onsite::reconciliation
