// A real PostgreSQL server for tests: in a folder of its own, reached through a socket in it and
// not through the network, ended with this object.
#pragma once

#include <memory>
#include <string>

#include "tests/support/command.hpp"

namespace onsite::testing {

class PostgresqlServer {
public:
    // nullptr, and a failed expectation, when it does not start.
    static std::unique_ptr<PostgresqlServer> start();
    ~PostgresqlServer();

    // "postgresql:///postgres?user=onsite&host=..."
    std::string url() const;

private:
    CommandResult shell(const std::string& script) const;

    TemporaryFolder folder_;
    std::string bin_ = {};  // What comes before the name of one of its programs.
};

}  // namespace onsite::testing
