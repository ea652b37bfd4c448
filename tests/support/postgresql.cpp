#include "tests/support/postgresql.hpp"

#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace onsite::testing {

CommandResult PostgresqlServer::shell(const std::string& script) const {
    return run({.words = {"/bin/sh", "-c", script}, .environment = {}, .folder = folder_.path()});
}

std::unique_ptr<PostgresqlServer> PostgresqlServer::start() {
    auto server = std::make_unique<PostgresqlServer>();
    std::string programs = server->shell("ls -d /usr/lib/postgresql/*/bin/ | tail -n 1").output;
    if (!programs.empty()) programs.pop_back();
    // The server refuses to run as root.
    const std::string as_user =
        geteuid() == 0 ? "setpriv --reuid postgres --regid postgres --clear-groups " : "";
    server->bin_ = as_user + programs;
    std::filesystem::permissions(server->folder_.path(), std::filesystem::perms::all);
    const auto made = server->shell(fmt::format(
        "{0}initdb -A trust -U onsite -N -D $PWD/data >made 2>&1 && {0}pg_ctl -D $PWD/data -w "
        "-l $PWD/data/log -o \"-c listen_addresses= -c fsync=off -k $PWD/data\" start >started",
        server->bin_));
    EXPECT_EQ(made.status, 0) << made.errors;
    return made.status == 0 ? std::move(server) : nullptr;
}

PostgresqlServer::~PostgresqlServer() {
    if (!bin_.empty()) shell(bin_ + "pg_ctl -D $PWD/data -m immediate stop >stopped 2>&1");
}

std::string PostgresqlServer::url() const {
    return fmt::format("postgresql:///postgres?user=onsite&host={}",
                       (folder_.path() / "data").string());
}

}  // namespace onsite::testing
