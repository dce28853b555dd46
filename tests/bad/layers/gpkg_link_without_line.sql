UPDATE links SET geom = NULL WHERE link_id = 10;
