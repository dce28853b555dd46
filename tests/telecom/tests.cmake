jiahe_tests(telecom LINK jiahe::telecom)
