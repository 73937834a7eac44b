# Finds the libraries that the modules use; all are Debian 12 packages (README, "Limits and dependencies").
# SPDX-License-Identifier: BSD-3-Clause
if(NOT EXTURBO_FUZZ)  # mathematics and command line; clang would need an OpenMP of its own
  find_package(Eigen3 3.4 REQUIRED NO_MODULE)
  find_package(OpenMP REQUIRED COMPONENTS CXX)
  find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
  find_path(LBFGSPP_INCLUDE_DIR LBFGSB.h REQUIRED)
  find_package(NLopt 2.7 REQUIRED)
endif()
find_package(Boost 1.74 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(muparser REQUIRED IMPORTED_TARGET muparser)
pkg_check_modules(libmd REQUIRED IMPORTED_TARGET libmd)
if(NOT EXTURBO_MATHEMATICS_ONLY)
  pkg_check_modules(ngspice REQUIRED IMPORTED_TARGET ngspice)
endif()
# Workers refuse system calls by it; without it they do without that part of their sandbox, and `doctor` says so.
pkg_check_modules(seccomp IMPORTED_TARGET libseccomp)
# Asks vision-language models; without it the bridge says that it is not there, and everything else works.
option(EXTURBO_CURL "Build the VLM bridge's HTTP client, if libcurl is there" ON)
if(EXTURBO_CURL)
  pkg_check_modules(CURL IMPORTED_TARGET GLOBAL libcurl>=7.85)
endif()

# Header-only libraries without a CMake package of their own.
add_library(exturbo_lbfgspp INTERFACE)
target_include_directories(exturbo_lbfgspp SYSTEM INTERFACE $<BUILD_INTERFACE:${LBFGSPP_INCLUDE_DIR}>)
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
add_library(exturbo_random123 INTERFACE)
target_include_directories(exturbo_random123 SYSTEM INTERFACE $<BUILD_INTERFACE:${RANDOM123_INCLUDE_DIR}>)

if(BUILD_TESTING AND NOT EXTURBO_FUZZ)
  find_package(GTest REQUIRED)
endif()
