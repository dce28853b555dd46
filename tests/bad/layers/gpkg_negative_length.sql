UPDATE links SET length_m = -5 WHERE link_id = 20;
