#include "module.h"

GOOD_NOTE("null-entry")

const void *graphene_target_entry_v1(void) { return NULL; }
