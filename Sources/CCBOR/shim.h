#ifndef EDGEDSP_CCBOR_SHIM_H
#define EDGEDSP_CCBOR_SHIM_H

#include <cbor.h>

// One data item head as a value. libcbor's streaming decoder reports through twenty-odd callbacks;
// the adapter below turns them into this struct, so that callers hold no function pointers and the
// width types of the callbacks (which changed between releases) stay on this side.

enum ccbor_kind {
  CCBOR_UNSIGNED = 0,      // `count` holds n
  CCBOR_NEGATIVE = 1,      // `count` holds n, the value is -1 - n
  CCBOR_REAL = 2,          // `real` holds the value of a half, single or double
  CCBOR_LIST = 3,          // `count` items follow
  CCBOR_OPEN_LIST = 4,     // items follow up to a break
  CCBOR_MAP = 5,           // `count` pairs follow
  CCBOR_OPEN_MAP = 6,      // pairs follow up to a break
  CCBOR_TAG = 7,           // one item follows
  CCBOR_BREAK = 8,
  CCBOR_NULL = 9,
  CCBOR_UNDEFINED = 10,
  CCBOR_FALSE = 11,
  CCBOR_TRUE = 12,
  CCBOR_STRING = 13        // callers decode strings before they come here
};

typedef struct {
  int kind;
  uint64_t count;
  double real;
} ccbor_item;

static inline void ccbor_set(void *context, int kind, uint64_t count, double real) {
  ccbor_item *item = (ccbor_item *)context;
  item->kind = kind;
  item->count = count;
  item->real = real;
}

static void ccbor_uint8(void *c, uint8_t n) { ccbor_set(c, CCBOR_UNSIGNED, n, 0); }
static void ccbor_uint16(void *c, uint16_t n) { ccbor_set(c, CCBOR_UNSIGNED, n, 0); }
static void ccbor_uint32(void *c, uint32_t n) { ccbor_set(c, CCBOR_UNSIGNED, n, 0); }
static void ccbor_uint64(void *c, uint64_t n) { ccbor_set(c, CCBOR_UNSIGNED, n, 0); }
static void ccbor_negint8(void *c, uint8_t n) { ccbor_set(c, CCBOR_NEGATIVE, n, 0); }
static void ccbor_negint16(void *c, uint16_t n) { ccbor_set(c, CCBOR_NEGATIVE, n, 0); }
static void ccbor_negint32(void *c, uint32_t n) { ccbor_set(c, CCBOR_NEGATIVE, n, 0); }
static void ccbor_negint64(void *c, uint64_t n) { ccbor_set(c, CCBOR_NEGATIVE, n, 0); }
static void ccbor_string(void *c, cbor_data data, size_t n) {
  (void)data;
  ccbor_set(c, CCBOR_STRING, n, 0);
}
static void ccbor_string_start(void *c) { ccbor_set(c, CCBOR_STRING, 0, 0); }
static void ccbor_list(void *c, size_t n) { ccbor_set(c, CCBOR_LIST, n, 0); }
static void ccbor_open_list(void *c) { ccbor_set(c, CCBOR_OPEN_LIST, 0, 0); }
static void ccbor_map(void *c, size_t n) { ccbor_set(c, CCBOR_MAP, n, 0); }
static void ccbor_open_map(void *c) { ccbor_set(c, CCBOR_OPEN_MAP, 0, 0); }
static void ccbor_tag(void *c, uint64_t n) { ccbor_set(c, CCBOR_TAG, n, 0); }
static void ccbor_float(void *c, float x) { ccbor_set(c, CCBOR_REAL, 0, (double)x); }
static void ccbor_double(void *c, double x) { ccbor_set(c, CCBOR_REAL, 0, x); }
static void ccbor_undefined(void *c) { ccbor_set(c, CCBOR_UNDEFINED, 0, 0); }
static void ccbor_null(void *c) { ccbor_set(c, CCBOR_NULL, 0, 0); }
static void ccbor_boolean(void *c, bool b) { ccbor_set(c, b ? CCBOR_TRUE : CCBOR_FALSE, 0, 0); }
static void ccbor_break(void *c) { ccbor_set(c, CCBOR_BREAK, 0, 0); }

/// Decodes the item head at `bytes` into `item`.
/// Returns the number of bytes taken, 0 when more bytes are needed, -1 when the bytes are not CBOR.
static inline int ccbor_next(const uint8_t *bytes, size_t count, ccbor_item *item) {
  static const struct cbor_callbacks callbacks = {
      .uint8 = ccbor_uint8,
      .uint16 = ccbor_uint16,
      .uint32 = ccbor_uint32,
      .uint64 = ccbor_uint64,
      .negint8 = ccbor_negint8,
      .negint16 = ccbor_negint16,
      .negint32 = ccbor_negint32,
      .negint64 = ccbor_negint64,
      .byte_string_start = ccbor_string_start,
      .byte_string = ccbor_string,
      .string = ccbor_string,
      .string_start = ccbor_string_start,
      .indef_array_start = ccbor_open_list,
      .array_start = ccbor_list,
      .indef_map_start = ccbor_open_map,
      .map_start = ccbor_map,
      .tag = ccbor_tag,
      .float2 = ccbor_float,
      .float4 = ccbor_float,
      .float8 = ccbor_double,
      .undefined = ccbor_undefined,
      .null = ccbor_null,
      .boolean = ccbor_boolean,
      .indef_break = ccbor_break,
  };
  struct cbor_decoder_result result = cbor_stream_decode(bytes, count, &callbacks, item);
  switch (result.status) {
    case CBOR_DECODER_FINISHED: return (int)result.read;
    case CBOR_DECODER_NEDATA: return 0;
    default: return -1;
  }
}

#endif
