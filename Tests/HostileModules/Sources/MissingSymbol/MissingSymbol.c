#include "module.h"

GOOD_NOTE("missing-symbol")

const void *removed_from_the_kit(void);

const void *graphene_target_entry_v1(void) { return removed_from_the_kit(); }
