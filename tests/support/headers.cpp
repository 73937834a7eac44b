// Nothing of its own: the target of the precompiled headers of the tests needs a source.
// SPDX-License-Identifier: BSD-3-Clause
