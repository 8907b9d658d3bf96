#include "module.h"

GOOD_NOTE("disagreeing-entry")

static const struct target_descriptor other =
    DESCRIPTOR(HOST_CONTRACT, "6.2.1 (swift-6.2.1-RELEASE)", HOST_INTERFACE, "somebody-else");

// The factory is no object: the host must not touch it.
ENTRY(sizeof(struct target_entry), HOST_CONTRACT, HOST_CONTRACT, &other, sizeof other, &other)
