// The handshake of a target module as C sees it; the layout is that of ModuleNote and EntryLayout.
#include <stddef.h>
#include <stdint.h>
#include "host.h" // HOST_CONTRACT, HOST_COMPILER, HOST_INTERFACE of the host under test

struct target_descriptor {
    uint32_t length, contract;
    char compiler[96], interface[64], id[64], version[64];
};

struct target_note {
    uint32_t name_length, descriptor_length, type;
    char name[16];
    struct target_descriptor descriptor;
};

struct target_entry {
    uint64_t length;
    uint32_t lowest, highest;
    const void *note;
    uint64_t note_length;
    const void *factory;
};

#define DESCRIPTOR(contract, compiler, interface, id) \
    {sizeof(struct target_descriptor), contract, compiler, interface, id, "1.0.0"}

#define NOTE(contract, compiler, interface, id)                                                             \
    __attribute__((section(".note.graphene-target"), used, aligned(4))) static const struct target_note note = \
        {16, sizeof(struct target_descriptor), 1, "graphene-target", DESCRIPTOR(contract, compiler, interface, id)};

#define GOOD_NOTE(id) NOTE(HOST_CONTRACT, HOST_COMPILER, HOST_INTERFACE, id)

#define ENTRY(...)                                           \
    const void *graphene_target_entry_v1(void) {             \
        static const struct target_entry entry = {__VA_ARGS__}; \
        return &entry;                                       \
    }
