// StateStore: all mutable state of a run, as named arrays of PODs in memory-mapped arenas.
//
// Partition-state lifecycle. State is relocatable: no pointers and no standard containers inside a
// row. A StateArray is a view (pointer and length) that systems keep; the store owns the memory.
// A growing array reserves address space for its maximum and is appended to at epochs only.
//
// Invariants: 1. names are unique and creation order is the same in every run of a city;
// 2. fresh rows are zero bytes; 3. rows that count for the state hash hold no padding and nothing
// that depends on threads or partitions (kDerived rows do not count).
// Errors: ResourceError when the machine refuses memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "base/check.h"

namespace jiahe::kernel {

enum class HashRole : std::uint8_t { kHashed, kDerived };

template <class T>
class StateArray {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    StateArray() = default;
    StateArray(T* data, std::size_t size) : data_(data), size_(size) {}
    T& operator[](std::size_t i) const {
        JIAHE_DEBUG_CHECK(i < size_, "state index out of range");
        return data_[i];
    }
    std::size_t size() const { return size_; }
    T* data() const { return data_; }
    T* begin() const { return data_; }
    T* end() const { return data_ + size_; }

  private:
    T* data_ = nullptr;
    std::size_t size_ = 0;
};

// Rows are appended by epoch code or by one owner only; size lives in the store and is saved.
template <class T>
class GrowingArray {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    GrowingArray() = default;
    GrowingArray(T* data, std::uint64_t* size, std::size_t capacity)
        : data_(data), size_(size), capacity_(capacity) {}
    T& operator[](std::size_t i) const { return data_[i]; }
    std::size_t size() const { return *size_; }
    std::size_t capacity() const { return capacity_; }
    T* data() const { return data_; }
    T* begin() const { return data_; }
    T* end() const { return data_ + *size_; }
    void push_back(const T& row) const {
        JIAHE_CHECK(*size_ < capacity_, "a growing array reached its declared bound");
        data_[(*size_)++] = row;
    }
    // Appends n zeroed rows and returns the index of the first.
    std::size_t append(std::size_t n) const {
        JIAHE_CHECK(*size_ + n <= capacity_, "a growing array reached its declared bound");
        const std::size_t first = *size_;
        if (n > 0) std::memset(static_cast<void*>(data_ + first), 0, n * sizeof(T));
        *size_ += n;
        return first;
    }
    void clear() const { *size_ = 0; }

  private:
    T* data_ = nullptr;
    std::uint64_t* size_ = nullptr;
    std::size_t capacity_ = 0;
};

class StateStore {
  public:
    StateStore() = default;
    ~StateStore();
    StateStore(const StateStore&) = delete;
    StateStore& operator=(const StateStore&) = delete;

    template <class T>
    StateArray<T> create(std::string name, std::size_t count, HashRole role = HashRole::kHashed) {
        return {static_cast<T*>(allocate(std::move(name), sizeof(T), count, count, role).data),
                count};
    }
    template <class T>
    GrowingArray<T> create_growing(std::string name, std::size_t capacity,
                                   HashRole role = HashRole::kHashed) {
        Block& block = allocate(std::move(name), sizeof(T), 0, capacity, role);
        block.grows = true;
        return {static_cast<T*>(block.data), &block.size, capacity};
    }

    struct Block {
        std::string name;
        void* data = nullptr;
        std::size_t row_bytes = 0;
        std::uint64_t size = 0;  // rows in use
        std::size_t capacity = 0;
        std::size_t mapped_bytes = 0;
        HashRole role = HashRole::kHashed;
        bool grows = false;
    };
    const std::vector<Block*>& blocks() const { return blocks_; }
    // Bytes of rows in use.
    std::size_t bytes_in_use() const;

  private:
    Block& allocate(std::string name, std::size_t row_bytes, std::size_t size, std::size_t capacity,
                    HashRole role);
    std::vector<std::unique_ptr<Block>> owned_;
    std::vector<Block*> blocks_;  // the same, in order of creation
};

}  // namespace jiahe::kernel
