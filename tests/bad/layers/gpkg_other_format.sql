UPDATE network SET format = 2;
