jiahe_tests(results LINK jiahe::results)
