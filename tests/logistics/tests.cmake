jiahe_tests(logistics LINK jiahe::logistics)
