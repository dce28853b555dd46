jiahe_tests(world LINK jiahe::world jiahe::test_support ZLIB::ZLIB)
