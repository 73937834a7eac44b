# Installation: libraries with a CMake package, programs, processes and circuits.
# SPDX-License-Identifier: BSD-3-Clause
include(CMakePackageConfigHelpers)

get_property(modules GLOBAL PROPERTY exturbo_modules)
install(TARGETS ${modules} EXPORT exturbo_targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS exturbo RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/exturbo DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY pdk circuits DESTINATION ${CMAKE_INSTALL_DATADIR}/exturbo)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/exturbo)
install(EXPORT exturbo_targets NAMESPACE exturbo:: DESTINATION ${package_folder} FILE exturbo-targets.cmake)
configure_package_config_file(src/cmake/exturbo-config.cmake.in ${PROJECT_BINARY_DIR}/exturbo-config.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/exturbo-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/exturbo-config.cmake ${PROJECT_BINARY_DIR}/exturbo-config-version.cmake
        DESTINATION ${package_folder})
