UPDATE links SET geom = x'47500001' WHERE link_id = 10;
